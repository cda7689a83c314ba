using System.Net;
using OpsMap.Simulator;
using OpsMap.Simulator.Wire;

namespace OpsMap.Tests.Simulator;

public sealed class PatienceTests
{
    [Theory]
    [InlineData(200, 0, null, null)]
    [InlineData(409, 0, null, null)]
    [InlineData(401, 0, null, null)]
    [InlineData(429, 0, 7.0, 7.0)]
    [InlineData(503, 50, 7.0, 7.0)]
    [InlineData(503, 0, 9_999.0, 120.0)]
    [InlineData(503, 50, null, 15.0)]
    [InlineData(500, 0, null, 0.5)]
    [InlineData(500, 5, null, null)]
    public void An_answer_is_asked_again_after(int status, int attempt, double? asked, double? seconds) =>
        Patience.Before((HttpStatusCode)status, Time(asked), attempt, draw: 0.5).ShouldBe(Time(seconds));

    [Fact]
    public void Going_away_and_coming_back_are_said_once_each_however_many_loops_notice()
    {
        var said = new List<string>();
        var reachability = new Reachability(said.Add);

        reachability.Lost("not up yet");
        reachability.Lost("not up yet");
        reachability.Reached();
        reachability.Lost("a connection broke");
        reachability.Reached();
        said.ShouldBeEmpty();
        for (int i = 0; i < 5; i++) reachability.Lost("no connection");
        for (int i = 0; i < 5; i++) reachability.Reached();

        said.ShouldBe(["the server is away (no connection); trying again until it answers", "the server is back"]);
    }

    [Theory]
    [InlineData("--url http://127.0.0.1:5080 --accounts a.json", true)]
    [InlineData("--url https://127.0.0.1:5080 --accounts a.json --speed 2.5 --seed 7 --insecure", true)]
    [InlineData("--url http://127.0.0.1:5080", false)]
    [InlineData("--url here --accounts a.json", false)]
    [InlineData("--url http://127.0.0.1:5080 --accounts a.json --speed 0", false)]
    [InlineData("--url http://127.0.0.1:5080 --accounts", false)]
    [InlineData("--url http://127.0.0.1:5080 --accounts a.json --fast", false)]
    public void The_command_line_is_read_or_refused(string line, bool good) => (Options.Parse(line.Split(' ')) is not null).ShouldBe(good);

    static TimeSpan? Time(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
