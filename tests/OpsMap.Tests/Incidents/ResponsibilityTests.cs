using OpsMap.Incidents;

namespace OpsMap.Tests.Incidents;

/// <summary>The decision alone: candidates in, answer out.</summary>
public sealed class ResponsibilityTests
{
    private static readonly EditionName Edition = new(1, "测试版", "schematic");

    private static Candidate In(string code) => new(code, code, 0, true);

    private static Candidate At(string code, double metres) => new(code, code, metres, false);

    private static Decision Decide(Candidate[] near, params CommitteeReach[] committees) => Responsibility.Decide(near, committees, Edition);

    [Fact]
    public void Inside_one_with_nobody_near_it_is_solely_its_own()
    {
        var decision = Decide([In("a")]);

        (decision.Class, decision.Area?.Code, decision.Rule, decision.Reason, decision.Committee).ShouldBe(("sole", "a", "inside", "inside", null));
    }

    [Fact]
    public void Inside_one_within_the_corridor_of_others_it_is_shared_and_the_containing_ones()
    {
        var decision = Decide([At("c", 20), In("b"), At("a", 20)]);

        (decision.Class, decision.Area?.Code, decision.Rule, decision.Reason).ShouldBe(("shared", "b", "inside", "in_corridor"));
        decision.Candidates.Select(c => c.Code).ShouldBe(["b", "a", "c"]);
    }

    [Fact]
    public void Covered_by_several_it_is_shared_and_the_lowest_codes()
    {
        var decision = Decide([In("b"), In("a"), At("0", 3)]);

        (decision.Class, decision.Area?.Code, decision.Rule, decision.Reason).ShouldBe(("shared", "a", "line_lowest_code", "on_line"));
    }

    [Theory]
    [InlineData(0.01, "a", "on_line")]
    [InlineData(0.011, "b", "in_corridor")]
    public void A_centimetre_from_the_line_is_on_it(double metres, string owner, string reason)
    {
        var decision = Decide([In("b"), At("a", metres)]);

        (decision.Area?.Code, decision.Reason).ShouldBe((owner, reason));
    }

    [Fact]
    public void Outside_all_it_is_nobodys_and_names_who_is_near()
    {
        var decision = Decide([At("b", 30), At("a", 40)]);

        (decision.Class, decision.Area, decision.Rule, decision.Reason).ShouldBe(("none", null, "none", "outside"));
        decision.Candidates.Select(c => c.Code).ShouldBe(["b", "a"]);
    }

    [Fact]
    public void The_committee_is_the_one_that_covers_the_owner_and_most_of_the_neighbours()
    {
        var decision = Decide([In("b"), At("a", 20), At("c", 30)], new(3, "ab", ["a", "b"]), new(5, "abc", ["a", "b", "c"]), new(1, "ac", ["a", "c"]));

        decision.Committee?.Name.ShouldBe("abc");
    }

    [Fact]
    public void A_committee_that_covers_the_owner_alone_has_no_say()
    {
        Decide([In("b"), At("a", 20)], new CommitteeReach(3, "bz", ["b", "z"])).Committee.ShouldBeNull();
    }

    [Fact]
    public void A_case_is_read_by_its_street_and_by_those_in_the_corridor_that_share_a_committee_with_it()
    {
        CommitteeReach[] committees = [new(3, "ab", ["a", "b"]), new(1, "ac", ["a", "c"])];

        Responsibility.Streets(Decide([In("b"), At("a", 20), At("c", 30)], committees), committees).ShouldBe(["b", "a"]);
        Responsibility.Streets(Decide([At("b", 30)], committees), committees).ShouldBeEmpty();
    }
}
