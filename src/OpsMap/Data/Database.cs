using Npgsql;

namespace OpsMap.Data;

/// <summary>Builds the one data source of a process.</summary>
static class Database
{
    /// <summary>The data source with NetTopologySuite geometries; small time-outs, so that a dead server is noticed.</summary>
    public static NpgsqlDataSource Open(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "opsmap", Timeout = 5, CancellationTimeout = 2000, MaxPoolSize = 40, MaxAutoPrepare = 100, AutoPrepareMinUsages = 3, IncludeErrorDetail = false,
            Options = "-c jit=off -c max_parallel_workers_per_gather=0 -c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s -c client_connection_check_interval=2s -c TimeZone=UTC",
        };
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UseNetTopologySuite();
        return builder.Build();
    }
}
