using Npgsql;
using OpsMap.Data;

namespace OpsMap.Web;

/// <summary>/health/live: the process answers. /health/ready: it can also work. Anonymous, and they say nothing else.</summary>
static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/health/live", ["GET", "HEAD"], () => TypedResults.Text("live\n")).AllowAnonymous();
        app.MapMethods("/health/ready", ["GET", "HEAD"], Ready).AllowAnonymous();
    }

    internal static async Task<IResult> Ready(NpgsqlDataSource db, HttpResponse response, CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            if (await Migrator.IsDoneAsync(db, patience.Token)) return TypedResults.Text("ready\n");
        }
        catch (Exception e) when (Failures.IsDatabaseAway(e) && !ct.IsCancellationRequested)
        {
            // Said by the answer; a probe every second is no reason for a line in the log.
        }
        response.Headers.RetryAfter = "2";
        return TypedResults.Text("not ready\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
