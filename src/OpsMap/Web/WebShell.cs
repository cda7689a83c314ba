using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Console;
using OpsMap.People;

namespace OpsMap.Web;

/// <summary>What every answer has in common: JSON, refusals, limits, headers, compression, static pages.</summary>
static class WebShell
{
    public static void AddWeb(this WebApplicationBuilder builder, ServeOptions serve)
    {
        builder.AddKestrel(serve);
        builder.AddLogging();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // the exception says what was wrong, the bare 400 does not
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>().AddProblemDetails().AddExceptionHandler<Failures>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, SignInFirst>();
        builder.Services.AddRequestTimeouts(o => o.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromSeconds(30), WriteTimeoutResponse = context => Failures.Away(context).ExecuteAsync(context) });
        builder.Services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true; // see Compressible
            o.MimeTypes = ["application/json", "application/geo+json", "application/problem+json", "text/html", "text/css", "text/javascript", "image/svg+xml"];
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        builder.Services.AddRouting();
    }

    private static void AddKestrel(this WebApplicationBuilder builder, ServeOptions serve)
    {
        var address = new Uri(serve.Url);
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endpoint => serve.Listener ?? SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Listen(IPAddress.Parse(address.Host.Trim('[', ']')), address.Port, listen =>
            {
                if (serve.Certificate is { } certificate) listen.UseHttps(certificate);
            });
        });
    }

    // Lines of JSON on standard error; what the framework says of every request is not for an operator.
    private static void AddLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning)
            .AddFilter("Quartz", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning).AddFilter(typeof(SignIn).FullName, LogLevel.Warning)
            .AddJsonConsole(json => { json.UseUtcTimestamp = true; json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ"; });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler();
        app.UseStatusCodePages(refused => Problems.Plain(refused.HttpContext.Response.StatusCode).ExecuteAsync(refused.HttpContext));
        app.UseMiddleware<ForeignOrigins>();
        app.UseWhen(Compressible, compressed => compressed.UseResponseCompression());
        app.UsePageFiles();
        app.UseRouting();
        app.UseRequestTimeouts();
    }

    // A compressed answer that holds a secret beside something the asker chose gives the secret away by its length; the hub brings its own frames.
    private static bool Compressible(HttpContext context) =>
        !new[] { "/api/session", "/api/tokens", "/api/users", "/api/feeds", "/live" }.Any(secret => context.Request.Path.StartsWithSegments(secret, StringComparison.OrdinalIgnoreCase));
}
