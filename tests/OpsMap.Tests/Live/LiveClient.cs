using System.Buffers;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsMap.Tests.Live;

/// <summary>
/// A client of the hub as the contract describes it, speaking SignalR's JSON protocol over a plain WebSocket. It keeps the picture that the frames lead to and
/// checks each frame against the contract; what breaks it fails the next <see cref="Until"/>.
/// </summary>
public sealed class LiveClient : IAsyncDisposable
{
    private const int LargestFrame = 64 * 1024;
    private const string StreamId = "watch";

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _over = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Dictionary<string, TaskCompletionSource<JsonNode?>> _answers = [];
    private readonly TaskCompletionSource<string?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<(string Topic, long Id), JsonNode> _picture = [], _staged = [];
    private readonly Lock _gate = new();
    private Task _reading = Task.CompletedTask;
    private bool _resumes, _drawing, _unitsKnown, _unitsGoOn;
    private int _calls;
    private Exception? _failure;

    /// <summary>The last `to`, the epoch and the view of the newest batch.</summary>
    public long To { get; private set; } = -1;
    public string Epoch { get; private set; } = "";
    public int View { get; private set; }

    /// <summary>The kinds, sizes and times of the frames so far, in their order.</summary>
    public List<(string Kind, int Bytes, int Items, bool More, long Received)> Frames { get; } = [];

    /// <summary>Every op that was sent after the first picture was complete.</summary>
    public List<(string Topic, string Op, long Id)> Ops { get; } = [];

    /// <summary>Done with the reason when the stream ends; null when it ends without one.</summary>
    public Task<string?> Ended => _ended.Task;

    /// <summary>Opens a connection with a session; the frames of the hub begin with <see cref="Watch"/>.</summary>
    public static async Task<LiveClient> ConnectAsync(Uri url, CookieContainer session, string? origin = null)
    {
        var client = new LiveClient();
        client._socket.Options.Cookies = session;
        if (origin is not null) client._socket.Options.SetRequestHeader("Origin", origin);
        await client._socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws", Path = "/live" }.Uri, client._over.Token);
        await client.SendAsync(new { protocol = "json", version = 1 });
        (await client.ReceiveAsync()).ShouldBe("{}");
        client._reading = Task.Run(client.ReadAsync);
        return client;
    }

    /// <summary>A new session of this user of the test city.</summary>
    public static Task<CookieContainer> SignInAsync(City city, string user) => SignInAsync(city.Url, user);

    /// <inheritdoc cref="SignInAsync(City, string)"/>
    public static async Task<CookieContainer> SignInAsync(Uri node, string user)
    {
        var cookies = new CookieContainer();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = node };
        (await http.PostAsJsonAsync("/api/session", new { user, password = City.Password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return cookies;
    }

    /// <summary>A client of this user, watching; the first picture is complete when it returns.</summary>
    public static async Task<LiveClient> WatchAsync(City city, string user, object query) => await WatchAsync(city, await SignInAsync(city, user), query);

    /// <inheritdoc cref="WatchAsync(City, string, object)"/>
    public static async Task<LiveClient> WatchAsync(City city, CookieContainer session, object query)
    {
        var client = await ConnectAsync(city.Url, session);
        await client.Watch(query);
        await client.Until("the first picture is there", c => c.To >= 0);
        return client;
    }

    /// <summary>Starts the stream.</summary>
    public Task Watch(object query)
    {
        _resumes = JsonSerializer.SerializeToNode(query)?["since"] is not null;
        return SendAsync(new { type = 4, invocationId = StreamId, target = "Watch", arguments = new[] { query } });
    }

    /// <summary>Starts another stream on the same connection; the reason why it ended.</summary>
    public async Task<string> WatchAgain(object query)
    {
        var (id, answer) = Expect();
        await SendAsync(new { type = 4, invocationId = id, target = "Watch", arguments = new[] { query } });
        return (await Should.ThrowAsync<LiveRefusal>(answer)).Message;
    }

    /// <summary>Looks elsewhere; the number of the new view.</summary>
    /// <exception cref="LiveRefusal">The hub refused, with its message.</exception>
    public async Task<int> Look(object look)
    {
        var (id, answer) = Expect();
        await SendAsync(new { type = 1, invocationId = id, target = "Look", arguments = new[] { look } });
        return (int?)(await answer)?["view"] ?? throw new InvalidOperationException("no view");
    }

    /// <summary>The items of a topic by id, as the frames so far have led to.</summary>
    public Dictionary<long, JsonNode> Items(string topic)
    {
        lock (_gate) return _picture.Where(p => p.Key.Topic == topic).ToDictionary(p => p.Key.Id, p => p.Value);
    }

    /// <summary>Waits until the client's state is as wanted; a frame that breaks the contract fails it at once.</summary>
    public async Task Until(string what, Func<LiveClient, bool> holds, TimeSpan? within = null)
    {
        await Answers.Eventually(what, () =>
        {
            lock (_gate)
            {
                if (_failure is not null) throw new InvalidOperationException($"while waiting until {what}: {_failure.Message}", _failure);
                return Task.FromResult(holds(this));
            }
        }, within);
    }

    /// <summary>Sends a record exactly as written.</summary>
    public async Task SendRaw(string record)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(record + '\u001e'), WebSocketMessageType.Text, true, _over.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private Task SendAsync(object record) => SendRaw(JsonSerializer.Serialize(record));

    private (string Id, Task<JsonNode?> Answer) Expect()
    {
        var answer = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            var id = $"call-{++_calls}";
            _answers[id] = answer;
            return (id, answer.Task);
        }
    }

    private readonly ArrayBufferWriter<byte> _unread = new();
    private readonly Queue<string> _records = new();

    // Records end in 0x1e; a WebSocket message may hold several, or a part of one.
    private async Task<string?> ReceiveAsync()
    {
        while (_records.Count == 0)
        {
            var part = await _socket.ReceiveAsync(_unread.GetMemory(16 * 1024), _over.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            _unread.Advance(part.Count);
            int end;
            while ((end = _unread.WrittenSpan.IndexOf((byte)0x1e)) >= 0)
            {
                _records.Enqueue(Encoding.UTF8.GetString(_unread.WrittenSpan[..end]));
                var rest = _unread.WrittenSpan[(end + 1)..].ToArray();
                _unread.ResetWrittenCount();
                _unread.Write(rest);
            }
        }
        return _records.Dequeue();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await ReceiveAsync() is { } text)
            {
                var record = JsonNode.Parse(text) ?? throw new InvalidOperationException(text);
                lock (_gate) Take(record, Encoding.UTF8.GetByteCount(text) + 1);
            }
            _ended.TrySetResult(null);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            _ended.TrySetResult(e.Message);
        }
        catch (Exception e)
        {
            lock (_gate) _failure = e;
        }
    }

    private void Take(JsonNode record, int bytes)
    {
        switch ((int?)record["type"])
        {
            case 2:
                ((string?)record["invocationId"]).ShouldBe(StreamId);
                Take(record["item"]?.AsObject() ?? throw new InvalidOperationException("no batch"), bytes);
                break;
            case 3 when (string?)record["invocationId"] == StreamId:
                _ended.TrySetResult((string?)record["error"]);
                break;
            case 3:
                var answer = _answers[(string?)record["invocationId"] ?? ""];
                if ((string?)record["error"] is { } error) answer.TrySetException(new LiveRefusal(error));
                else answer.TrySetResult(record["result"]?.DeepClone());
                break;
            case 6:
                break;
            case 7:
                _ended.TrySetResult((string?)record["error"]);
                break;
            default:
                throw new InvalidOperationException($"an unexpected record: {record.ToJsonString()}");
        }
    }

    private void Take(JsonObject batch, int bytes)
    {
        bytes.ShouldBeLessThanOrEqualTo(LargestFrame, "no frame over 64 KB");
        batch.Select(p => p.Key).Except(["kind", "epoch", "view", "from", "to", "at", "more", "items"]).ShouldBeEmpty();
        var (kind, epoch, view) = ((string?)batch["kind"] ?? "", (string?)batch["epoch"] ?? "", (int?)batch["view"] ?? 0);
        var (from, to) = ((long?)batch["from"], (long?)batch["to"] ?? throw new InvalidOperationException("no to"));
        var items = batch["items"]?.AsArray() ?? throw new InvalidOperationException("no items");
        DateTimeOffset.Parse((string?)batch["at"] ?? "", null).Offset.ShouldBe(TimeSpan.Zero);
        if (batch.ContainsKey("more")) ((bool?)batch["more"]).ShouldBe(true, "more is left out when false");
        batch.ContainsKey("from").ShouldBeTrue();
        view.ShouldBeGreaterThanOrEqualTo(Math.Max(View, 1), "views count up");
        var more = (bool?)batch["more"] ?? false;
        Frames.Add((kind, bytes, items.Count, more, Environment.TickCount64));
        if (kind == "snapshot") TakeSnapshot(from, to, view, epoch, items, more);
        else TakeNext(kind, from, to, view, epoch, items, more);
        (Epoch, View) = (epoch, view);
    }

    private void TakeSnapshot(long? from, long to, int view, string epoch, JsonArray items, bool more)
    {
        from.ShouldBeNull("a snapshot has no from");
        _newView |= view != View;
        if (!_drawing || view != View) _staged.Clear();
        else (to, epoch).ShouldBe((_drawnTo, Epoch), "all frames of a snapshot have one to");
        _drawnTo = to;
        foreach (var (op, topic, id, item) in items.Select(Read))
        {
            op.ShouldBe("put", "a snapshot only puts");
            topic.ShouldNotBe("positions", "positions come in frames of their own");
            _staged.TryAdd((topic, id), item ?? throw new InvalidOperationException("no item")).ShouldBeTrue($"{topic} {id} stands twice in a snapshot");
        }
        _drawing = more;
        if (more) return;
        foreach (var topic in _picture.Keys.Select(k => k.Topic).Where(t => t != "positions").ToHashSet()) Forget(topic);
        _unitsKnown &= !_newView;
        _newView = false;
        foreach (var (key, item) in _staged) _picture[key] = item;
        To = to;
    }

    private void Forget(string topic)
    {
        foreach (var key in _picture.Keys.Where(k => k.Topic == topic).ToList()) _picture.Remove(key);
    }

    private long _drawnTo;
    private bool _newView;

    private void TakeNext(string kind, long? from, long to, int view, string epoch, JsonArray items, bool more)
    {
        kind.ShouldBeOneOf("changes", "positions", "beat");
        _drawing.ShouldBeFalse("a snapshot is complete before anything else comes");
        if (more) kind.ShouldBe("positions", "only what is a whole comes in parts");
        if (To < 0)
        {
            (_resumes && kind == "changes").ShouldBeTrue("the first frame is a snapshot, or the changes that were asked for");
            To = from ?? -1;
        }
        else (view, epoch).ShouldBe((View, Epoch), "view and epoch change with a snapshot");
        from.ShouldBe(To, "from is the last to");
        if (kind != "changes") to.ShouldBe(To, $"{kind} repeats the last to");
        if (kind == "beat") items.Count.ShouldBe(0);
        to.ShouldBeGreaterThanOrEqualTo(To);
        if (kind == "positions")
        {
            if (!_unitsKnown && !_unitsGoOn) Forget("positions");
            (_unitsKnown, _unitsGoOn) = (true, more);
        }
        foreach (var (op, topic, id, item) in items.Select(Read))
        {
            (topic == "positions").ShouldBe(kind == "positions", $"{topic} in {kind}");
            Ops.Add((topic, op, id));
            if (op == "put") _picture[(topic, id)] = item ?? throw new InvalidOperationException("no item");
            else _picture.Remove((topic, id));
        }
        To = to;
    }

    private static (string Op, string Topic, long Id, JsonNode? Item) Read(JsonNode? sent)
    {
        var item = sent ?? throw new InvalidOperationException("no item");
        var (op, topic, id) = ((string?)item["op"] ?? "", (string?)item["topic"] ?? "", (long?)item["id"] ?? throw new InvalidOperationException("no id"));
        op.ShouldBeOneOf("put", "drop");
        if (op == "put") ((long?)item["item"]?["id"]).ShouldBe(id);
        return (op, topic, id, item["item"]?.DeepClone());
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _reading;
        _socket.Dispose();
        lock (_gate)
            if (_failure is not null) throw new InvalidOperationException(_failure.Message, _failure);
    }
}

/// <summary>The hub refused, with this message.</summary>
public sealed class LiveRefusal(string message) : Exception(message);
