using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace OpsMap.Web;

/// <summary>What a node is started with.</summary>
/// <param name="Url">Where to listen: http://127.0.0.1:5080, port 0 for any.</param>
/// <param name="WebRoot">The folder of the pages.</param>
sealed record ServeOptions(string Url, string WebRoot)
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>A socket that is bound to Url's address already; null lets Kestrel bind its own.</summary>
    public Socket? Listener { get; init; }

    /// <summary>With its private key; null serves plain http.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool IsHttps => Certificate is not null;

    /// <summary>Whether the city is the demo's, for pages that are shown without asking the database.</summary>
    public bool Demo { get; init; }

    /// <summary>Off in tests, which run jobs by hand.</summary>
    public bool Scheduler { get; init; } = true;
}
