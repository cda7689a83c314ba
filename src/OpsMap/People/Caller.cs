using System.Security.Claims;

namespace OpsMap.People;

/// <summary>Who asks. A person has a user id; a feed has only its code.</summary>
/// <param name="Areas">The street codes of a street's people; empty elsewhere.</param>
/// <param name="Unit">The department, office or unit of a responder or patroller; null elsewhere.</param>
/// <param name="Committees">The joint committees that the caller's streets belong to.</param>
/// <param name="Scopes">Whose rows the caller may see where an operation does not reach the whole city: 'all', 'street:CODE', 'unit:CODE', 'user:ID'.</param>
sealed record Caller(long? UserId, string Name, string DisplayName, string Role, string[] Areas, string? Unit, long[] Committees, string[] Scopes, string? Feed)
{
    /// <summary>As audit rows name it.</summary>
    public string Actor => Feed is null ? $"user:{Name}" : $"feed:{Feed}";

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

/// <summary>The principal that our sign-in makes, so that HTTP and the hub reach the same caller.</summary>
sealed class CallerPrincipal(Caller caller) : ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name), new Claim(ClaimTypes.Role, caller.Role)], "opsmap"))
{
    public Caller Caller => caller;
}
