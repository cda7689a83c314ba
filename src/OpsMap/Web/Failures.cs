using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace OpsMap.Web;

/// <summary>The one edge at which what was thrown becomes an answer: a request that cannot be read, a database that does not answer, or our own mistake.</summary>
sealed partial class Failures(ILogger<Failures> log, TimeProvider clock) : IExceptionHandler
{
    private long _lastSaid = long.MinValue;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken ct)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        var answer = exception switch
        {
            BadHttpRequestException bad => Problems.Of(bad.StatusCode, TitleOf(bad.StatusCode), DetailOf(bad)),
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => Problems.Of(507, "No room", "The database's disk is full: nothing was stored. Send the same again later."),
            _ when IsDatabaseAway(exception) => Away(context),
            _ => Problems.Of(500, "A mistake of ours", "The request could not be done because of a mistake in OpsMap. Name the trace_id when you report it."),
        };
        if (answer.StatusCode == 500) FailedUnexpectedly(context.Request.Method, context.Request.Path, exception);
        else if (answer.StatusCode > 500) SayNowAndThen(exception);
        await answer.ExecuteAsync(context);
        return true;
    }

    /// <summary>Whether it is worth sending the same request again in a moment: the server is gone, starting, full of connections or too slow.</summary>
    public static bool IsDatabaseAway(Exception exception) => exception switch
    {
        PostgresException sql => sql.IsTransient || sql.SqlState is ['0', '8', ..] or ['5', '7', 'P', ..] or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException or TimeoutException or SocketException => true,
        OperationCanceledException => true, // by the request's time-out: the client has not gone
        _ => exception.InnerException is { } inner && IsDatabaseAway(inner),
    };

    /// <summary>The refusal while the database does not answer.</summary>
    public static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Away(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        return Problems.Of(503, "Not available now", "The database does not answer. Send the same request again in a few seconds.");
    }

    private static string TitleOf(int status) => status switch { 413 => "Too large", 415 => "Wrong content type", 408 => "Too slow", _ => "The request cannot be read" };

    // The serializer's own words name our types; where the fault is helps the sender more.
    private static string DetailOf(BadHttpRequestException bad) => bad.InnerException is JsonException json
        ? $"The body is not the JSON expected here: the fault is at {json.Path ?? "$"}, line {(json.LineNumber ?? 0) + 1}, byte {(json.BytePositionInLine ?? 0) + 1}."
        : bad.Message;

    // A thousand requests that meet the same dead server are one piece of news a second.
    private void SayNowAndThen(Exception exception)
    {
        var (now, last) = (clock.GetTimestamp(), Interlocked.Read(ref _lastSaid));
        if (last != long.MinValue && clock.GetElapsedTime(last, now) < TimeSpan.FromSeconds(1)) return;
        if (Interlocked.CompareExchange(ref _lastSaid, now, last) == last) DatabaseAway(exception.GetBaseException().Message);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void FailedUnexpectedly(string method, string path, Exception exception);

    [LoggerMessage(LogLevel.Warning, "the database does not answer: {Why}")]
    private partial void DatabaseAway(string why);
}
