using OpsMap.Incidents;

namespace OpsMap.Tests.Incidents;

public sealed class CaseLoopTests
{
    [Theory]
    [InlineData("reported", "filed", "operator", true)]
    [InlineData("reported", "filed", "dispatcher", false)]
    [InlineData("reported", "closed", "operator", false)]
    [InlineData("filed", "dispatched", "dispatcher", true)]
    [InlineData("filed", "dispatched", "operator", false)]
    [InlineData("filed", "dispatched", "duty-lead", true)]
    [InlineData("filed", "closed", "operator", true)]
    [InlineData("dispatched", "handling", "responder", true)]
    [InlineData("dispatched", "handling", "dispatcher", true)]
    [InlineData("dispatched", "handling", "operator", false)]
    [InlineData("dispatched", "returned", "responder", true)]
    [InlineData("handling", "fed_back", "responder", true)]
    [InlineData("fed_back", "closed", "operator", true)]
    [InlineData("fed_back", "closed", "responder", false)]
    [InlineData("closed", "evaluated", "duty-lead", true)]
    [InlineData("closed", "dispatched", "duty-lead", false)]
    [InlineData("void", "filed", "operator", false)]
    [InlineData("filed", "closed", "admin", false)]
    public void A_role_makes_the_moves_that_are_its_own(string from, string to, string role, bool may) => (CaseLoop.Find(from, to, role) is not null).ShouldBe(may);

    [Fact]
    public void Supervision_and_command_share_no_move() =>
        CaseLoop.Moves.ShouldAllBe(m => !(m.Roles.Contains("operator") && m.Roles.Contains("dispatcher")));

    [Fact]
    public void The_duty_lead_may_do_what_either_of_them_may() =>
        CaseLoop.Moves.Where(m => m.Roles.Contains("operator") || m.Roles.Contains("dispatcher")).ShouldAllBe(m => m.Roles.Contains("duty-lead"));

    [Fact]
    public void Every_status_but_the_first_can_be_reached_and_every_move_ends_in_a_status()
    {
        CaseLoop.Moves.Select(m => m.To).Distinct().Order().ShouldBe(CaseLoop.Statuses.Except(["reported"]).Order());
        CaseLoop.Moves.ShouldAllBe(m => CaseLoop.Statuses.Contains(m.From));
    }

    [Fact]
    public void What_is_final_is_said_to_be_so() => CaseLoop.Describe("void", "operator").ShouldBe("a case that is void is moved no further");
}
