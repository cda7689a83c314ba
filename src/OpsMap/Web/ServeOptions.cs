namespace OpsMap.Web;

/// <summary>What a node is started with.</summary>
/// <param name="Url">Where to listen: http://127.0.0.1:5080, port 0 for any.</param>
/// <param name="WebRoot">The folder of the pages.</param>
sealed record ServeOptions(string Url, string WebRoot)
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>PEM files of certificate and key; null serves plain http.</summary>
    public (string Certificate, string Key)? Tls { get; init; }

    /// <summary>Off in tests, which run jobs by hand.</summary>
    public bool Scheduler { get; init; } = true;
}
