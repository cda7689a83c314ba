using System.Net;

namespace OpsMap.Simulator.Wire;

/// <summary>How long to wait before asking again.</summary>
static class Patience
{
    const int TriesOfAFailingRequest = 5;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(2);

    /// <summary>Half a second, doubling to fifteen, spread by a quarter so that callers do not come in step.</summary>
    public static TimeSpan BackOff(int attempt, double draw) =>
        TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, 0.5 * Math.Pow(2, Math.Min(attempt, 10))) * (0.75 + draw / 2));

    /// <summary>Null when the answer stands. An answer 500 is asked again a few times only: it may be the request's own fault.</summary>
    public static TimeSpan? Before(HttpStatusCode status, TimeSpan? asked, int attempt, double draw) => status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout =>
            asked is { } wait && wait > TimeSpan.Zero ? (wait < LongestAsked ? wait : LongestAsked) : BackOff(attempt, draw),
        >= HttpStatusCode.InternalServerError when attempt < TriesOfAFailingRequest => BackOff(attempt, draw),
        _ => null,
    };

    public static bool IsAway(HttpStatusCode status) => status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
}
