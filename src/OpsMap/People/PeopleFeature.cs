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
        // The core alone: AddAuthentication would bring Data Protection and its key files, and nothing here is sealed with such keys.
        builder.Services.AddWebEncoders();
        builder.Services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = SignIn.SchemeName;
            options.AddScheme<SignIn>(SignIn.SchemeName, displayName: null);
        });
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
        app.MapUsers();
        app.MapSecrets();
    }
}
