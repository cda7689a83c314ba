using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.Web;

namespace OpsMap.People;

/// <summary>A new account with its password, which is shown this once.</summary>
sealed record UserWithPassword(
    long Id, string Name, string DisplayName, string Role, string? AreaCode, string? AreaName, string? UnitCode, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, int Version, string Password);

/// <summary>A new password, shown this once.</summary>
sealed record NewPassword(string User, string Password);

/// <summary>/api/users: accounts, for the administrator.</summary>
static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("/api/users").WithTags("People");
        users.MapGet("", List).Allowing(Operation.UsersManage);
        users.MapPost("", Add).Allowing(Operation.UsersManage).ProducesProblem(400).ProducesProblem(409);
        users.MapPost("/{id:long}/password", Password).Allowing(Operation.UsersManage).ProducesProblem(404);
        users.MapPost("/{id:long}/disable", Disable).Allowing(Operation.UsersManage).ProducesProblem(404).ProducesProblem(409);
        users.MapPost("/{id:long}/enable", Enable).Allowing(Operation.UsersManage).ProducesProblem(404);
    }

    /// <summary>All accounts in the order in which they were made, a page at a time.</summary>
    internal static async Task<Results<Ok<Page<User>>, ProblemHttpResult>> List(HttpRequest request, UserStore users, CancellationToken ct)
    {
        var asked = new Asked(request);
        var (after, limit) = (asked.Cursor() ?? 0, asked.Limit(100));
        if (asked.Wrong is { } wrong) return Problems.Bad(wrong);
        var (items, total) = await users.ListAsync(after, limit, ct);
        return TypedResults.Ok(Page<User>.Of(items, limit, total, u => u.Id));
    }

    /// <summary>Makes an account; the password in the answer is shown nowhere else.</summary>
    internal static async Task<Results<Created<UserWithPassword>, ProblemHttpResult>> Add(NewUser wanted, Caller caller, UserStore users, CancellationToken ct) =>
        await users.AddAsync(wanted, caller, ct) switch
        {
            { User: { } u } added => TypedResults.Created($"/api/users/{u.Id}",
                new UserWithPassword(u.Id, u.Name, u.DisplayName, u.Role, u.AreaCode, u.AreaName, u.UnitCode, u.CreatedAt, u.DisabledAt, u.Version, added.Password)),
            { Taken: true } taken => Problems.Conflict(taken.Refused ?? ""),
            var refused => Problems.Bad(refused.Refused ?? ""),
        };

    /// <summary>Replaces a password by one of the server's making; whoever is signed in with the old one is signed out.</summary>
    internal static async Task<Results<Ok<NewPassword>, ProblemHttpResult>> Password(long id, Caller caller, UserStore users, CancellationToken ct) =>
        await users.NewPasswordAsync(id, caller, ct) is { } changed ? TypedResults.Ok(new NewPassword(changed.User.Name, changed.Password)) : NoSuchUser(id);

    /// <summary>Refuses an account from now on; nobody can shut themselves or the last administrator out.</summary>
    internal static async Task<Results<Ok<User>, ProblemHttpResult>> Disable(long id, Caller caller, UserStore users, CancellationToken ct) =>
        await users.DisableAsync(id, caller, ct) switch
        {
            ({ } user, _) => TypedResults.Ok(user),
            (_, { } refused) => Problems.Conflict(refused),
            _ => NoSuchUser(id),
        };

    internal static async Task<Results<Ok<User>, ProblemHttpResult>> Enable(long id, Caller caller, UserStore users, CancellationToken ct) =>
        await users.EnableAsync(id, caller, ct) is { } user ? TypedResults.Ok(user) : NoSuchUser(id);

    private static ProblemHttpResult NoSuchUser(long id) => Problems.NotFound($"There is no account {id}: GET /api/users lists them.");
}
