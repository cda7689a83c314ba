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

/// <summary>Asks the table.</summary>
sealed class OperationHandler : AuthorizationHandler<OperationRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, OperationRequirement requirement)
    {
        if (context.User is CallerPrincipal { Caller: var caller } && caller.Reach(requirement.Operation) != Reach.None) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
