namespace OpsMap.Simulator;

/// <summary>Draws that the framework's <see cref="Random"/> lacks, and a hash that is the same in every process.</summary>
static class Chance
{
    /// <summary>A number in [0, 1) that depends on nothing but its arguments: the same question has the same answer after a restart.</summary>
    public static double Of(long a, long b = 0, long c = 0) => (Mix(Mix(Mix((ulong)a) ^ (ulong)b) ^ (ulong)c) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A seed made of a text and a number (FNV-1a, then mixed).</summary>
    public static int Seed(string text, long number = 0)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text) hash = (hash ^ c) * 1099511628211;
        return (int)(Mix(hash ^ (ulong)number) & int.MaxValue);
    }

    public static double Between(this Random random, double low, double high) => low + (high - low) * random.NextDouble();

    /// <summary>A draw from the standard normal distribution.</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static T Pick<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>The index of one of the weights, drawn in proportion; the last one when all are zero.</summary>
    public static int Weighted(this Random random, IReadOnlyList<double> weights)
    {
        double left = random.NextDouble() * weights.Sum();
        for (int i = 0; i < weights.Count - 1; i++)
            if ((left -= weights[i]) < 0) return i;
        return weights.Count - 1;
    }

    static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
