using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using OpsMap.People;

namespace OpsMap.Live;

/// <summary>/live: a client opens one stream and reads at its own pace; nobody publishes here.</summary>
sealed class LiveHub(LiveLog log, LivePositions positions, CallerStore callers, TimeProvider clock, ILogger<LiveHub> logger) : Hub
{
    private const string Open = "live stream";

    /// <summary>Opens the connection's one stream: {topics, bbox?, areas?, filters?, since?, epoch?}.</summary>
    /// <exception cref="HubException">What is asked is unknown, malformed, or not the caller's to see; or the connection has its stream.</exception>
    public IAsyncEnumerable<LiveBatch> Watch(JsonElement query, CancellationToken ct)
    {
        var wanted = LiveQuery.Read(query);
        RefuseTopicsOf(Caller, wanted);
        var stream = new LiveStream(log, positions, callers, clock, Caller, wanted);
        lock (Context.Items)
            if (!Context.Items.TryAdd(Open, stream)) throw new HubException("Watch: this connection has its stream already; use Look to see something else, or open another connection.");
        return Noted(stream.ReadAsync(ct), logger, ct);
    }

    /// <summary>Looks elsewhere: {bbox?, areas?, filters?}. A snapshot of the new view follows in the stream.</summary>
    /// <exception cref="HubException">What is asked is unknown or malformed, or there is no stream yet.</exception>
    public LookAnswer Look(JsonElement look)
    {
        var wanted = LiveLook.Read(look);
        lock (Context.Items)
            return Context.Items.TryGetValue(Open, out var stream) && stream is LiveStream live ? new LookAnswer(live.Look(wanted)) : throw new HubException("Look before Watch: open the stream first.");
    }

    /// <summary>Refuses the first topic that the caller may not read, by its name.</summary>
    public static void RefuseTopicsOf(Caller caller, LiveQuery query)
    {
        foreach (var topic in query.Topics)
            if (caller.Reach(LiveViewer.OperationOf(topic)) == Reach.None) throw new HubException($"Topic '{LiveJson.NameOf(topic)}' is not for the role {caller.Role}.");
    }

    // The framework would log every refusal with its stack; a refusal is the client's affair, anything else is ours.
    private static async IAsyncEnumerable<LiveBatch> Noted(IAsyncEnumerable<LiveBatch> batches, ILogger logger, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var batch = batches.GetAsyncEnumerator(ct);
        while (await NextAsync()) yield return batch.Current;

        async ValueTask<bool> NextAsync()
        {
            try
            {
                return await batch.MoveNextAsync();
            }
            catch (Exception failure) when (failure is not HubException and not OperationCanceledException)
            {
                logger.LogError(failure, "a live stream broke");
                throw new HubException("The stream broke: connect again.");
            }
        }
    }

    private Caller Caller => (Context.User as CallerPrincipal)?.Caller ?? throw new HubException("Sign in first.");
}

/// <summary>The number that the batches of the new view carry.</summary>
sealed record LookAnswer(int View);
