using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace OpsMap.People;

/// <summary>Accounts, sign-in and rights, as Program wires them.</summary>
static class PeopleFeature
{
    public static void AddPeople(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CallerStore>().AddSingleton<Sessions>().AddSingleton<Passwords>().AddSingleton<SignInThrottle>();
        builder.Services.AddSingleton<UserStore>().AddSingleton<TokenStore>().AddSingleton<KeyStore>();
        builder.Services.AddSingleton<IAuthorizationHandler, OperationHandler>();
        builder.Services.AddAuthentication(SignIn.SchemeName).AddScheme<AuthenticationSchemeOptions, SignIn>(SignIn.SchemeName, null);
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new NobodyRequirement()).Build());
    }

    /// <summary>After routing and before the routes.</summary>
    public static void UsePeople(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        app.MapSessions();
    }
}
