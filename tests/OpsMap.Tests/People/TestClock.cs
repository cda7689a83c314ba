namespace OpsMap.Tests.People;

/// <summary>A clock that stands until it is put forward.</summary>
sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Forward(TimeSpan by) => _now += by;
}
