namespace OpsMap.Web;

/// <summary>What every answer has in common: JSON, refusals, limits, headers, compression, static pages.</summary>
static class WebShell
{
    public static void AddWeb(this WebApplicationBuilder builder, ServeOptions serve)
    {
        builder.WebHost.UseUrls(serve.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
        });
        builder.Services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        builder.Services.AddProblemDetails();
        builder.Services.AddRouting();
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseStaticFiles();
        app.UseRouting();
    }
}
