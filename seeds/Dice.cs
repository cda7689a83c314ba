namespace OpsMap.Seeds;

/// <summary>A small generator (SplitMix64) whose whole future follows from a key, on every machine.</summary>
sealed class Dice(string key)
{
    ulong state = Hash(key);

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Next() => (Mix(state += 0x9E3779B97F4A7C15) >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 up to, not including, <paramref name="count"/>.</summary>
    public int Next(int count) => (int)(Next() * count);

    public double Between(double low, double high) => low + Next() * (high - low);

    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    /// <summary>From 0 up to, not including, 1, the same for the same pair.</summary>
    public static double Of(long a, long b) => (Mix(Mix((ulong)a * 0x9E3779B97F4A7C15 + 1) ^ ((ulong)b * 0xC2B2AE3D27D4EB4F + 7)) >> 11) * (1.0 / (1UL << 53));

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>FNV-1a over UTF-16 code units.</summary>
    static ulong Hash(string key)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var c in key) hash = (hash ^ c) * 0x100000001B3;
        return Mix(hash);
    }
}
