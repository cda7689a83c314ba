using System.Security.Claims;

namespace OpsMap.People;

/// <summary>Who asks. A person has a user id; a feed has only its code.</summary>
/// <param name="Areas">The street codes of a street's people; empty elsewhere.</param>
/// <param name="Unit">The department, office or unit of a responder or patroller; null elsewhere.</param>
/// <param name="Committees">The joint committees that the caller's streets, or communities of them, belong to.</param>
/// <param name="Scopes">Whose rows the caller may see where an operation does not reach the whole city: 'all', 'street:CODE', 'unit:CODE', 'user:ID'.</param>
sealed record Caller(long? UserId, string Name, string DisplayName, string Role, string[] Areas, string? Unit, long[] Committees, string[] Scopes, string? Feed)
{
    /// <summary>Whoever runs a command on the machine itself; no request ever has it.</summary>
    public static readonly Caller System = new(null, "system", "", "", [], null, [], [], null);

    /// <summary>What the caller showed: the cookie, token or key to ask again by. Null for <see cref="System"/>.</summary>
    public Credential? Via { get; init; }

    /// <summary>Where the request came from, for audit rows; empty when there is no request.</summary>
    public string Address { get; init; } = "";

    /// <summary>As audit rows name it.</summary>
    public string Actor => Feed is not null ? $"feed:{Feed}" : UserId is not null ? $"user:{Name}" : Name;

    public Reach Reach(Operation operation) => Rights.Of(Role, operation);

    /// <summary>Whether a row with these scopes is the caller's to see under this operation.</summary>
    public bool Sees(Operation operation, IEnumerable<string> scopes) => Reach(operation) switch
    {
        People.Reach.None => false,
        People.Reach.All => true,
        _ => scopes.Any(Scopes.Contains),
    };

    /// <summary>The scopes to filter SQL by: null where the operation reaches the whole city.</summary>
    public string[]? Filter(Operation operation) => Reach(operation) switch { People.Reach.All => null, People.Reach.None => [], _ => Scopes };

    /// <summary>Lets handlers take a Caller; the routes that do are never anonymous.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult((context.User as CallerPrincipal)?.Caller);
}

/// <summary>The kinds of secret that stand for a caller.</summary>
enum CredentialKind { Session, Token, Key }

/// <summary>A secret as it is looked up.</summary>
/// <param name="Hash">Its SHA-256, base64: two credentials of the same secret are equal.</param>
readonly record struct Credential(CredentialKind Kind, string Hash)
{
    public static Credential Of(CredentialKind kind, string secret) => new(kind, Convert.ToBase64String(Secrets.Hash(secret)));

    public byte[] HashBytes => Convert.FromBase64String(Hash);
}

/// <summary>The principal that our sign-in makes, so that HTTP and the hub reach the same caller.</summary>
sealed class CallerPrincipal(Caller caller) : ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name), new Claim(ClaimTypes.Role, caller.Role)], "opsmap"))
{
    public Caller Caller => caller;
}
