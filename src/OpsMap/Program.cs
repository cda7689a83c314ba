using Npgsql;
using OpsMap.Areas;
using OpsMap.Boundaries;
using OpsMap.Commands;
using OpsMap.Committees;
using OpsMap.Audit;
using OpsMap.Data;
using OpsMap.Feeds;
using OpsMap.Incidents;
using OpsMap.Live;
using OpsMap.Patrols;
using OpsMap.People;
using OpsMap.Stations;
using OpsMap.Web;

namespace OpsMap;

/// <summary>The packing list: one AddX and one MapX a feature, in the order in which a report walks through them.</summary>
static class Program
{
    public static Task<int> Main(string[] args) => Command.RunAsync(args);

    /// <summary>The web application over one migrated database; the caller runs it.</summary>
    public static WebApplication Build(ServeOptions serve, NpgsqlDataSource db)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, WebRootPath = serve.WebRoot, EnvironmentName = "Production" });
        builder.AddWeb(serve);
        builder.AddPeople();
        builder.AddAudit();
        builder.AddAreas();
        builder.AddBoundaries();
        builder.AddCommittees();
        builder.AddStations();
        builder.AddFeeds();
        builder.AddIncidents();
        builder.AddPatrols();
        builder.AddLive();
        builder.AddJobs(serve);
        builder.Services.AddSingleton(serve).AddSingleton(db).AddSingleton(serve.Clock);

        var app = builder.Build();
        app.UseWeb();
        app.UseLive();
        app.UsePeople();
        app.MapHealth();
        app.MapPages(serve);
        app.MapPeople();
        app.MapAudit();
        app.MapAreas();
        app.MapBoundaries();
        app.MapCommittees();
        app.MapStations();
        app.MapFeeds();
        app.MapIncidents();
        app.MapPatrols();
        app.MapLive();
        RouteRights.Check(app);
        return app;
    }
}
