using Quartz;

namespace OpsMap.Live;

/// <summary>Every few seconds: closed incidents leave the live picture after 24 hours, editions enter it on their day. Each is a logged change like any other.</summary>
sealed class AgeingJob(UpkeepStore upkeep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        await upkeep.PublishEditionsAsync(ct);
        while (await upkeep.AgeIncidentsAsync(ct) > 0) { }
    }
}

/// <summary>Keeps seven days of the change log and ninety of what feeds sent in vain.</summary>
sealed class RetentionJob(UpkeepStore upkeep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        while (await upkeep.ForgetChangesAsync(ct) > 0) { }
        while (await upkeep.ForgetRejectsAsync(ct) > 0) { }
    }
}

/// <summary>Keeps the days of fixes: some ahead, ninety back.</summary>
sealed class FixPartitionsJob(UpkeepStore upkeep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct) => await upkeep.KeepFixPartitionsAsync(ct);
}
