using System.Globalization;

namespace OpsMap.Simulator;

/// <summary>What the command line says. <c>Speed</c> hurries reports and cases, never the units: nobody walks at ten times his pace.</summary>
sealed record Options(Uri Url, string Accounts, double Speed, int Seed, bool Insecure)
{
    public const string Usage = "usage: OpsMap.Simulator --url http://127.0.0.1:5080 --accounts FILE [--speed 1] [--seed 1] [--insecure]";

    /// <summary>Null when the arguments cannot be read.</summary>
    public static Options? Parse(string[] args)
    {
        Uri? url = null;
        string? accounts = null;
        double speed = 1;
        int seed = 1;
        bool insecure = false;
        for (int i = 0; i < args.Length; i++)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            bool read = args[i] switch
            {
                "--url" => Uri.TryCreate(value, UriKind.Absolute, out url) && url.Scheme is "http" or "https",
                "--accounts" => (accounts = value) is { Length: > 0 },
                "--speed" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out speed) && speed is > 0 and <= 1000,
                "--seed" => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out seed),
                "--insecure" => insecure = true,
                _ => false,
            };
            if (!read) return null;
            if (args[i] != "--insecure") i++;
        }
        return url is null || accounts is null ? null : new Options(url, accounts, speed, seed, insecure);
    }
}
