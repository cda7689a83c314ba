namespace OpsMap.Simulator;

/// <summary>Asia/Shanghai: UTC+8 the whole year since 1991, so no time zone database is needed.</summary>
static class LocalTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateTimeOffset Of(DateTimeOffset instant) => instant.ToOffset(Offset);
}
