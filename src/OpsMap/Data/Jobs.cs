using Npgsql;
using OpsMap.Web;
using Quartz;

namespace OpsMap.Data;

/// <summary>Scheduled work: features name their jobs, any number of nodes may run, and one of them does each turn.</summary>
/// <remarks>
/// Quartz keeps its schedule in its own qrtz_ tables of our database. A turn that was missed is left out, an interrupted one is not repeated: each job is safe
/// to run twice and does at its next turn whatever is due by then.
/// </remarks>
static class Jobs
{
    /// <summary>Has a job run at the start and then again and again.</summary>
    public static IServiceCollection AddJob<T>(this IServiceCollection services, TimeSpan every) where T : class, IJob =>
        services.AddTransient<T>().AddSingleton(new JobPlan(typeof(T), every));

    /// <summary>Starts the scheduler with the jobs that the features before it have named. In tests it is off, and jobs are run by hand.</summary>
    public static void AddJobs(this WebApplicationBuilder builder, ServeOptions serve)
    {
        if (!serve.Scheduler) return;
        var plans = builder.Services.Select(s => s.ImplementationInstance).OfType<JobPlan>().ToList();
        builder.Services.AddHostedService<JobTables>();
        builder.Services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                (scheduler.InstanceName, scheduler.GenerateInstanceId) = ("opsmap", true);
                scheduler.DefaultMisfireHandling = DefaultMisfireHandling.DoNothing;
            });
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = services => services.GetRequiredService<NpgsqlDataSource>());
                store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(7.5), TimeSpan.FromSeconds(20)));
                store.ProvisionSchema();
                store.ConfigureStore(options =>
                {
                    (options.StoreJobDataAsStrings, options.MaxTransientRetries, options.UseBackgroundThreads) = (true, 3, true);
                    (options.CommandTimeout, options.MisfireThreshold) = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
                });
            });
            foreach (var (type, every) in plans)
            {
                quartz.AddJob(type, job => job.WithIdentity(type.Name));
                quartz.AddTrigger(trigger => trigger.ForJob(type.Name).WithIdentity(type.Name).StartNow().WithSimpleSchedule(every));
            }
        });
        builder.Services.AddQuartzHostedService(host => (host.AwaitApplicationStarted, host.WaitForJobsToComplete) = (false, true));
    }

    private sealed record JobPlan(Type Type, TimeSpan Every);

    /// <summary>Holds a lock while the host starts, so that of several nodes that start together one makes Quartz's tables and the others find them.</summary>
    private sealed class JobTables(NpgsqlDataSource db) : IHostedLifecycleService
    {
        private const long LockKey = 0x6F70736A6F6273; // "opsjobs"
        private NpgsqlConnection? _held;

        public async Task StartingAsync(CancellationToken ct)
        {
            _held = await db.OpenConnectionAsync(ct);
            await _held.ExecuteAsync("SELECT pg_advisory_lock($1)", ct, LockKey);
        }

        public async Task StartedAsync(CancellationToken ct)
        {
            if (_held is null) return;
            await _held.ExecuteAsync("SELECT pg_advisory_unlock($1)", ct, LockKey);
            await _held.DisposeAsync();
        }

        public Task StartAsync(CancellationToken ct) => Task.CompletedTask;
        public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
        public Task StoppingAsync(CancellationToken ct) => Task.CompletedTask;
        public Task StoppedAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
