using Microsoft.AspNetCore.Authorization;

namespace OpsMap.People;

/// <summary>Ties a route to its row of the rights table.</summary>
static class Allow
{
    /// <summary>Only roles to which the table gives this operation may call.</summary>
    public static T Allowing<T>(this T route, Operation operation) where T : IEndpointConventionBuilder =>
        route.RequireAuthorization(policy => policy.AddRequirements(new OperationRequirement(operation))).WithMetadata(new OperationRequirement(operation));
}

/// <summary>Metadata and requirement in one: tests list the routes by it.</summary>
sealed record OperationRequirement(Operation Operation) : IAuthorizationRequirement;

/// <summary>Asks the table; a feed's key opens only the routes of its own feed.</summary>
sealed class OperationHandler : AuthorizationHandler<OperationRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, OperationRequirement requirement)
    {
        if (context.User is CallerPrincipal { Caller: var caller } && caller.Reach(requirement.Operation) != Reach.None && IsOwnFeed(caller, context)) context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private static bool IsOwnFeed(Caller caller, AuthorizationHandlerContext context) =>
        caller.Feed is null || (context.Resource is HttpContext http && http.GetRouteValue("feed") is string feed && feed == caller.Feed);
}

/// <summary>What holds where a route says nothing: nobody may. Only "there is no such page" is told, and only to whoever has signed in.</summary>
sealed class NobodyRequirement : AuthorizationHandler<NobodyRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NobodyRequirement requirement)
    {
        // Routing answers a wrong method or content type by an endpoint of its own, which is no route.
        if (context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint && (context.User is CallerPrincipal || http.Request.Path == "/api/session")) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>Refuses to start with a route of which nobody has said who may call it.</summary>
static class RouteRights
{
    /// <exception cref="InvalidOperationException">A route names neither an operation nor says that it is anonymous, or says both.</exception>
    public static void Check(IEndpointRouteBuilder app)
    {
        var wrong = app.DataSources.SelectMany(s => s.Endpoints)
            .Where(e => e.Metadata.GetMetadata<OperationRequirement>() is null == e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => e.DisplayName).ToList();
        if (wrong.Count > 0) throw new InvalidOperationException($"who may call this? Say .Allowing(Operation.X) or .AllowAnonymous(): {string.Join("; ", wrong)}");
    }
}
