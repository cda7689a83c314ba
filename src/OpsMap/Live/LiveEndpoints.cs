using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.Data;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Live;

/// <summary>The hub /live, and /api/digest to compare what it shows with the database.</summary>
static class LiveEndpoints
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LiveLog>().AddHostedService(s => s.GetRequiredService<LiveLog>());
        builder.Services.AddSingleton<LivePositions>().AddHostedService(s => s.GetRequiredService<LivePositions>());
        builder.Services.AddSingleton<DigestStore>().AddSingleton<UpkeepStore>();
        builder.Services.AddJob<AgeingJob>(TimeSpan.FromSeconds(5)).AddJob<RetentionJob>(TimeSpan.FromHours(1)).AddJob<FixPartitionsJob>(TimeSpan.FromHours(1));
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None); // see LiveHub
        builder.Services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = 32 * 1024;
            hub.MaximumParallelInvocationsPerClient = 1; // streams do not count
            hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            hub.EnableDetailedErrors = false;
        }).AddJsonProtocol(json => Json.Configure(json.PayloadSerializerOptions));
    }

    /// <summary>While the database hangs, what needs it is refused at once: each request would wait for its time-out, and keep a thread when it comes.</summary>
    public static void UseLive(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<LiveLog>();
        app.Use((context, next) => log.IsSilent && context.GetEndpoint() is not null && !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
            ? Failures.Away(context).ExecuteAsync(context) : next(context));
    }

    public static void MapLive(this IEndpointRouteBuilder app)
    {
        var hub = app.MapHub<LiveHub>("/live", connection =>
        {
            connection.TransportSendTimeout = TimeSpan.FromSeconds(10);
            connection.TransportMaxBufferSize = 24 * 1024; // what waits leaves as one frame: this and one batch of at most 32 KB stay below 64 KB
            connection.AllowStatefulReconnects = false;
            connection.CloseOnAuthenticationExpiration = true;
        });
        hub.Allowing(Operation.LiveWatch);
        hub.Add(OwnPagesOnly);
        app.MapGet("/api/digest", Digest).WithTags("Live").Allowing(Operation.DigestRead);
    }

    /// <summary>This node's picture and the database's, by topic: how many items, and a hash over their ids and versions. Equal when <c>n</c> is.</summary>
    internal static async Task<Ok<Digest>> Digest(LiveLog log, DigestStore store, CancellationToken ct) =>
        TypedResults.Ok(new Digest(DigestStore.Of(log.Picture), await store.ReadAsync(ct)));

    // Browsers let any page open a WebSocket and send our cookie along, and only say by Origin whose page it is (ASVS 4.4.2). Tools send none.
    private static void OwnPagesOnly(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate;
        endpoint.RequestDelegate = context => IsOwn(context.Request) && next is not null ? next(context)
            : Problems.Of(403, "Not allowed", $"Origin '{context.Request.Headers.Origin}' is not this site: open the live connection from its own pages.").ExecuteAsync(context);
    }

    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin.Count == 0 || (Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
