using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.Web;

namespace OpsMap.People;

/// <summary>What a token is called in its owner's list.</summary>
sealed record NewToken(string? Name);

/// <summary>A new token, shown this once.</summary>
sealed record TokenSecret(string Token, long Id, string Prefix, string Name, DateTimeOffset CreatedAt);

sealed record TokenList(IReadOnlyList<Token> Items);

/// <summary>/api/tokens and /api/feeds/{feed}/keys: secrets for tools and for outside systems.</summary>
static class SecretEndpoints
{
    public static void MapSecrets(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/api/tokens").WithTags("People");
        tokens.MapGet("", Tokens).Allowing(Operation.TokensOwn);
        tokens.MapPost("", AddToken).Allowing(Operation.TokensOwn).ProducesProblem(400).ProducesProblem(409);
        tokens.MapDelete("/{id:long}", RevokeToken).Allowing(Operation.TokensOwn).ProducesProblem(404);
        var keys = app.MapGroup("/api/feeds/{feed}/keys").WithTags("People");
        keys.MapPost("", AddKey).Allowing(Operation.FeedKeysManage).ProducesProblem(404);
        keys.MapDelete("/{id:long}", RevokeKey).Allowing(Operation.FeedKeysManage).ProducesProblem(404);
    }

    /// <summary>The caller's own live tokens.</summary>
    internal static async Task<Ok<TokenList>> Tokens(Caller caller, TokenStore tokens, CancellationToken ct) =>
        TypedResults.Ok(new TokenList(await tokens.ListAsync(caller.UserId ?? 0, ct)));

    /// <summary>Makes a token that reads as the caller does: for QGIS (Basic user:token), GDAL or a script (Bearer token).</summary>
    internal static async Task<Results<Created<TokenSecret>, ProblemHttpResult>> AddToken(NewToken? wanted, Caller caller, TokenStore tokens, CancellationToken ct)
    {
        var name = wanted?.Name?.Trim() ?? "";
        if (name.Length > 60 || name.Any(char.IsControl)) return Problems.Bad("name is longer than 60 characters or holds control characters: send a shorter one, such as \"QGIS\".");
        return await tokens.AddAsync(caller.UserId ?? 0, name, caller, ct) is var (token, secret)
            ? TypedResults.Created($"/api/tokens/{token.Id}", new TokenSecret(secret, token.Id, token.Prefix, token.Name, token.CreatedAt))
            : Problems.Conflict($"You have {TokenStore.Most} tokens: revoke one with DELETE /api/tokens/{{id}} first.");
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> RevokeToken(long id, Caller caller, TokenStore tokens, CancellationToken ct) =>
        await tokens.RevokeAsync(caller.UserId ?? 0, id, caller, ct) ? TypedResults.NoContent() : Problems.NotFound($"You have no token {id}: GET /api/tokens lists yours.");

    /// <summary>Makes another key for a feed; the old ones go on working until they are revoked.</summary>
    internal static async Task<Results<Created<FeedSecret>, ProblemHttpResult>> AddKey(string feed, Caller caller, KeyStore keys, CancellationToken ct) =>
        await keys.AddAsync(feed, caller, ct) is { } key
            ? TypedResults.Created((string?)null, new FeedSecret(feed, key))
            : Problems.NotFound($"There is no feed '{feed}': there are {string.Join(", ", await keys.FeedsAsync(ct))}.");

    internal static async Task<Results<NoContent, ProblemHttpResult>> RevokeKey(string feed, long id, Caller caller, KeyStore keys, CancellationToken ct) =>
        await keys.RevokeAsync(feed, id, caller, ct) ? TypedResults.NoContent() : Problems.NotFound($"Feed '{feed}' has no key {id} that still works.");
}
