using System.Net;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Console;

namespace OpsMap.Web;

/// <summary>What every answer has in common: JSON, refusals, limits, headers, compression, static pages.</summary>
static class WebShell
{
    public static void AddWeb(this WebApplicationBuilder builder, ServeOptions serve)
    {
        var address = new Uri(serve.Url);
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endpoint => serve.Listener ?? SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Parse(address.Host.Trim('[', ']')), address.Port, listen =>
            {
                if (serve.Certificate is { } certificate) listen.UseHttps(certificate);
            });
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
        });
        builder.AddLogging();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new NoKeys());
        builder.Services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        builder.Services.AddProblemDetails();
        builder.Services.AddRouting();
    }

    // Lines of JSON on standard error; what the framework says of every request is not for an operator.
    private static void AddLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter(typeof(People.SignIn).FullName, LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning)
            .AddJsonConsole(json => { json.UseUtcTimestamp = true; json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ"; });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseStaticFiles();
        app.UseRouting();
    }
}

/// <summary>Data Protection wants to keep keys somewhere; we protect nothing with it, so they stay in memory instead of in somebody's home.</summary>
sealed class NoKeys : IXmlRepository
{
    private readonly List<XElement> _keys = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_keys) return [.. _keys];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_keys) _keys.Add(element);
    }
}
