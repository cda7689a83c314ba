using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OpsMap.Simulator.Wire;

/// <summary>The server as any outside system meets it. Requests wait for a server that is away and are sent again as they were.</summary>
sealed class Server(HttpClient http, Accounts accounts, Reachability reachability, TimeProvider clock)
{
    static readonly TimeSpan RefusedFor = TimeSpan.FromMinutes(1);
    DateTimeOffset fixesQuietUntil;
    int fixesFailed;

    public Accounts Accounts => accounts;

    public bool HasKey(string feed) => accounts.KeyOf(feed) is not null;

    /// <summary>Null when the server will not have them (no key any more, an unreadable body).</summary>
    public async Task<FeedAnswer?> SendReportsAsync(string feed, List<Report> reports, CancellationToken ct)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(reports, Messages.Default.ListReport);
        for (int attempt = 0; attempt < 2; attempt++)
        {
            string? key = accounts.KeyOf(feed);
            using var answer = await SendAsync(() => Feed(feed, "incidents", "application/json", body, key), ct);
            if (answer.IsSuccessStatusCode) return await ReadAsync(answer, Messages.Default.FeedAnswer, ct);
            if (answer.StatusCode != HttpStatusCode.Unauthorized) return null;
            accounts.Read();
            if (accounts.KeyOf(feed) == key) return null;
        }
        return null;
    }

    /// <summary>Sends them now or never: the next tick has newer ones.</summary>
    public async Task SendFixesAsync(string feed, IEnumerable<Fix> fixes, CancellationToken ct)
    {
        if (clock.GetUtcNow() < fixesQuietUntil) return;
        byte[] body = Encoding.UTF8.GetBytes(string.Join('\n', fixes.Select(fix => JsonSerializer.Serialize(fix, Messages.Default.Fix))));
        TimeSpan? wait;
        try
        {
            using var answer = await http.SendAsync(Feed(feed, "fixes", "application/x-ndjson", body, accounts.KeyOf(feed)), ct);
            Note(answer.StatusCode);
            wait = answer.IsSuccessStatusCode ? null : Patience.Before(answer.StatusCode, RetryAfter(answer), fixesFailed, Random.Shared.NextDouble()) ?? RefusedFor;
            if (answer.StatusCode == HttpStatusCode.Unauthorized) accounts.Read();
        }
        catch (Exception failure) when (IsAway(failure, ct))
        {
            reachability.Lost(Reason(failure));
            wait = Patience.BackOff(fixesFailed, Random.Shared.NextDouble());
        }
        fixesFailed = wait is null ? 0 : fixesFailed + 1;
        if (wait is { } time) fixesQuietUntil = clock.GetUtcNow() + time;
    }

    /// <summary>Null when it is refused or not there.</summary>
    public async Task<T?> GetAsync<T>(Person person, string path, JsonTypeInfo<T> type, CancellationToken ct) where T : class
    {
        using var answer = await AsAsync(person, () => new HttpRequestMessage(HttpMethod.Get, path), ct);
        return answer is { IsSuccessStatusCode: true } ? await ReadAsync(answer, type, ct) : null;
    }

    /// <summary>Null when it is refused or not there.</summary>
    public async Task<JsonDocument?> GetDocumentAsync(Person person, string path, CancellationToken ct)
    {
        using var answer = await AsAsync(person, () => new HttpRequestMessage(HttpMethod.Get, path), ct);
        if (answer is not { IsSuccessStatusCode: true }) return null;
        await using var stream = await answer.Content.ReadAsStreamAsync(ct);
        return await JsonDocument.ParseAsync(stream, cancellationToken: ct);
    }

    /// <summary>The answer's status and, when it is a refusal, its detail; null when the person cannot sign in.</summary>
    public async Task<(HttpStatusCode Status, string? Detail)?> MoveAsync(Person person, long incident, Transition wanted, CancellationToken ct)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(wanted, Messages.Default.Transition);
        using var answer = await AsAsync(person, () => Post($"/api/incidents/{incident}/transitions", "application/json", body), ct);
        if (answer is null) return null;
        var refusal = answer.IsSuccessStatusCode ? null : await ReadAsync(answer, Messages.Default.Refusal, ct);
        return (answer.StatusCode, refusal?.Detail);
    }

    /// <summary>Sends with the person's cookie, signing in when there is none or it is no longer good.</summary>
    async Task<HttpResponseMessage?> AsAsync(Person person, Func<HttpRequestMessage> make, CancellationToken ct)
    {
        for (int attempt = 0; attempt < 2; attempt++)
        {
            string? cookie = person.Cookie ?? await SignInAsync(person, ct);
            if (cookie is null) return null;
            var answer = await SendAsync(() => With(make(), "Cookie", cookie), ct);
            if (answer.StatusCode != HttpStatusCode.Unauthorized) return answer;
            answer.Dispose();
            if (person.Cookie == cookie) person.Cookie = null;
        }
        return null;
    }

    async Task<string?> SignInAsync(Person person, CancellationToken ct)
    {
        await person.SigningIn.WaitAsync(ct);
        try
        {
            if (person.Cookie is not null) return person.Cookie;
            if (clock.GetUtcNow() - person.RefusedAt < RefusedFor) return null;
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(person.Credentials, Messages.Default.Credentials);
            using var answer = await SendAsync(() => Post("/api/session", "application/json", body), ct);
            person.Cookie = answer.IsSuccessStatusCode && answer.Headers.TryGetValues("Set-Cookie", out var cookies)
                ? string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0]))
                : null;
            person.RefusedAt = person.Cookie is null ? clock.GetUtcNow() : null;
            if (person.Cookie is null) accounts.Read();
            return person.Cookie;
        }
        finally
        {
            person.SigningIn.Release();
        }
    }

    /// <summary>Asks until there is an answer that stands.</summary>
    async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        for (int attempt = 0; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                var answer = await http.SendAsync(make(), ct);
                Note(answer.StatusCode);
                if (Patience.Before(answer.StatusCode, RetryAfter(answer), attempt, Random.Shared.NextDouble()) is not { } asked) return answer;
                answer.Dispose();
                wait = asked;
            }
            catch (Exception failure) when (IsAway(failure, ct))
            {
                reachability.Lost(Reason(failure));
                wait = Patience.BackOff(attempt, Random.Shared.NextDouble());
            }
            await Task.Delay(wait, clock, ct);
        }
    }

    void Note(HttpStatusCode status)
    {
        if (Patience.IsAway(status)) reachability.Lost($"it answers {(int)status}");
        else reachability.Reached();
    }

    /// <summary>No connection, one that broke, or a time-out (which comes as a cancellation nobody asked for).</summary>
    static bool IsAway(Exception failure, CancellationToken ct) =>
        !ct.IsCancellationRequested && failure is HttpRequestException or IOException or OperationCanceledException;

    static string Reason(Exception failure) => failure switch
    {
        OperationCanceledException => "no answer in time",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "its certificate is not trusted",
        _ => "no connection",
    };

    static HttpRequestMessage Feed(string feed, string what, string type, byte[] body, string? key) =>
        With(Post($"/api/feeds/{Uri.EscapeDataString(feed)}/{what}", type, body), "X-Api-Key", key);

    static HttpRequestMessage Post(string path, string type, byte[] body) =>
        new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };

    static HttpRequestMessage With(HttpRequestMessage request, string header, string? value)
    {
        if (value is not null) request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }

    TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - clock.GetUtcNow() : null;

    /// <summary>Null when the body is not what it should be.</summary>
    static async Task<T?> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken ct) where T : class
    {
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(ct);
            return await JsonSerializer.DeserializeAsync(stream, type, ct);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
