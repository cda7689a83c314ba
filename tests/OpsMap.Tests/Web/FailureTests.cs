using Npgsql;
using OpsMap.Web;

namespace OpsMap.Tests.Web;

public sealed class FailureTests
{
    [Theory]
    [InlineData("57P01", true)] // terminated by an administrator
    [InlineData("57P03", true)] // starting up
    [InlineData("08006", true)] // connection lost
    [InlineData("53300", true)] // too many connections
    [InlineData("57014", true)] // cancelled by a time-out
    [InlineData("40P01", true)] // deadlock
    [InlineData("23505", false)] // unique violation: our mistake
    [InlineData("42703", false)] // undefined column: our mistake
    public void A_database_that_is_away_is_told_from_a_mistake(string state, bool away) =>
        Failures.IsDatabaseAway(new PostgresException("text", "ERROR", "ERROR", state)).ShouldBe(away);

    [Fact]
    public void A_connection_that_breaks_and_a_pool_that_is_empty_are_a_database_that_is_away()
    {
        Failures.IsDatabaseAway(new NpgsqlException("broken", new IOException("reset"))).ShouldBeTrue();
        Failures.IsDatabaseAway(new TimeoutException()).ShouldBeTrue();
        Failures.IsDatabaseAway(new InvalidOperationException("ours")).ShouldBeFalse();
    }
}
