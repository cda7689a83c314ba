using OpsMap.Simulator.Handling;
using Case = OpsMap.Simulator.Handling.Case;

namespace OpsMap.Tests.Simulator;

public sealed class CaseWorkerTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 17, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("reported", "filed", "operator")]
    [InlineData("filed", "dispatched", "dispatcher")]
    [InlineData("dispatched", "handling", "responder")]
    [InlineData("handling", "fed_back", "responder")]
    [InlineData("fed_back", "closed", "operator")]
    [InlineData("returned", "dispatched", "dispatcher")]
    public void Most_cases_go_on_along_the_loop(string status, string to, string role)
    {
        var first = Enumerable.Range(1, 500).Select(id => CaseWorker.Next(A(status, id), "O1", null)[0]).ToList();

        first.Count(move => move.To == to && move.Role == role).ShouldBeGreaterThan(440);
    }

    [Fact]
    public void Some_are_void_and_some_returned_and_both_say_why()
    {
        var odd = Enumerable.Range(1, 500).SelectMany(id => new[] { A("reported", id), A("dispatched", id) })
            .Select(one => CaseWorker.Next(one, "O1", null)[0]).Where(move => move.To is "void" or "returned").ToList();

        odd.Select(move => move.To).Distinct().Count().ShouldBe(2);
        odd.ShouldAllBe(move => move.Reason != null);
    }

    [Fact]
    public void Filing_takes_20_to_120_seconds() =>
        Enumerable.Range(1, 300).ShouldAllBe(id => Within((CaseWorker.DueAt(A("reported", id), 1, 1) - Now).TotalSeconds, 20, 120));

    [Fact]
    public void Somebody_elses_case_is_left_alone_for_ten_minutes() =>
        Enumerable.Range(1, 300).Min(id => CaseWorker.DueAt(A("reported", id) with { Own = false }, 1, speed: 100)).ShouldBe(Now.AddMinutes(10));

    [Theory]
    [InlineData(260, 1)]
    [InlineData(100, 5)]
    [InlineData(600, 0.2)]
    [InlineData(0, 5)]
    public void A_full_centre_hurries_and_a_quiet_one_takes_its_time(int open, double pace) => CaseWorker.Pace(open).ShouldBe(pace, 0.02);

    [Fact]
    public void After_a_refusal_the_next_role_is_asked_and_another_way_only_when_the_server_named_it()
    {
        var one = A("reported", Enumerable.Range(1, 100).First(id => CaseWorker.Next(A("reported", id), "O1", null)[0].To == "filed"));
        var refused = new Refused(one.Version) { Steps = { ("operator", "filed") } };

        CaseWorker.Next(one, "O1", refused).ShouldBeEmpty();
        refused.Named.UnionWith(CaseWorker.Named("This case can go to: dispatched, void."));
        CaseWorker.Next(one, "O1", refused).ShouldHaveSingleItem().To.ShouldBe("void");
        CaseWorker.Next(one with { Version = 2 }, "O1", refused)[0].To.ShouldBe("filed");
        CaseWorker.Next(A("handling", 1), "O1", new Refused(1) { Steps = { ("responder", "fed_back") } })[0].Role.ShouldBe("dispatcher");
    }

    [Fact]
    public void A_closed_case_is_left_alone() => CaseWorker.Next(A("closed", 1), "O1", null).ShouldBeEmpty();

    [Fact]
    public void A_returned_case_goes_to_another_body()
    {
        var dispatching = new Dispatching(Toy.City);
        var one = A("returned", 1);

        string? first = dispatching.UnitFor(one);
        string? second = dispatching.UnitFor(one with { Unit = first });

        first.ShouldNotBeNull();
        second.ShouldNotBeNull();
        second.ShouldNotBe(first);
    }

    [Fact]
    public void Most_cases_go_to_the_office_of_their_street_and_the_rest_to_who_is_competent()
    {
        var dispatching = new Dispatching(Toy.City);
        var bodies = Enumerable.Range(1, 500).Select(id => dispatching.UnitFor(A("filed", id))).ToList();

        bodies.Count(body => body == "O1").ShouldBeInRange(300, 400);
        bodies.Count(body => body == "CG").ShouldBe(500 - bodies.Count(body => body == "O1"));
    }

    [Fact]
    public void An_old_report_of_an_empty_city_is_brought_forward_and_a_new_one_is_not()
    {
        CaseWorker.IsBehind(A("reported", 1) with { ReportedAt = Now.AddHours(-5) }, Now).ShouldBeTrue();
        CaseWorker.IsBehind(A("reported", 1) with { ReportedAt = Now.AddMinutes(-5) }, Now).ShouldBeFalse();
        CaseWorker.IsBehind(A("closed", 1) with { ReportedAt = Now.AddHours(-50) }, Now).ShouldBeFalse();
    }

    static bool Within(double value, double low, double high) => value >= low && value <= high;

    static Case A(string status, int id) => new(id, "lamp", status, Toy.Left.Code, null, Now, Now, 1, Own: true);
}
