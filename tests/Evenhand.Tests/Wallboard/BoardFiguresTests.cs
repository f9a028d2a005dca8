using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Measurement.Wallboard;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using FloorAgent = Evenhand.Routing.Contracts.FloorAgent;
using Queue = Evenhand.Platform.Contracts.Queue;

namespace Evenhand.Tests.Wallboard;

/// <summary>Every tile against figures worked out by hand from a floor of five people and two queues at 14:20 in Shanghai.</summary>
public sealed class BoardFiguresTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 6, 20, 0, TimeSpan.Zero);
    private static readonly Guid Centre = Guid.CreateVersion7(), North = Guid.CreateVersion7(), South = Guid.CreateVersion7(), Calls = Guid.CreateVersion7(), Orders = Guid.CreateVersion7();
    private static readonly Guid[] People = [.. Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7())];

    [Theory]
    [InlineData("waiting", 7)]
    [InlineData("longest-wait", 95)]
    [InlineData("offered", 100)]
    [InlineData("answered", 80)]
    [InlineData("abandoned-long", 6)]
    [InlineData("abandoned-short", 4)]
    [InlineData("abandon-rate", 10)]
    [InlineData("asa", 15)]
    [InlineData("aht", 300)]
    [InlineData("acw", 30)]
    [InlineData("overflow-in", 3)]
    [InlineData("overflow-out", 5)]
    [InlineData("staffed", 4)]
    [InlineData("call-backs", 9)]
    [InlineData("overdue-promises", 2)]
    [InlineData("occupancy-shift", 60)]
    public void A_figure_of_the_whole_centre(string kind, double expected) => Figure(kind).Value.ShouldBe(expected);

    [Fact]
    public void The_service_level_is_answered_in_time_over_answered_and_abandoned_today_and_lately()
    {
        Figure("sl-today").Value.ShouldBe(72 / 90.0 * 100);
        var lately = Figure("sl-30");
        // 13:50 lies in the quarter hour from 13:45.
        lately.Value.ShouldBe(32 / 42.0 * 100);
        lately.NoteValues.ShouldBe(["20 s", "13:45"]);
        (Figure("sl-15").Value, Figure("sl-15").NoteValues[1]).ShouldBe((12 / 18.0 * 100, "14:00"));
    }

    [Fact]
    public void The_estimated_wait_is_the_line_at_the_pace_of_the_last_quarters() => Figure("estimated-wait").Value.ShouldBe(7 * 1200 / 16.0);

    [Fact]
    public void Without_an_answer_the_wait_cannot_be_estimated_and_without_anything_a_share_is_not_known()
    {
        var facts = Facts() with { Floor = Facts().Floor with { Queues = new Dictionary<Guid, FloorQueue> { [Calls] = new(Calls, Channel.Call, true, 2, Now.AddSeconds(-5), []) } } };
        var figures = new BoardFigures(BoardDefinition.Usual, facts);
        figures.Figure(new TileSpec("estimated-wait", 1, 2), "t").ShouldSatisfyAllConditions(f => f.Value.ShouldBeNull(), f => f.Standing.ShouldBeNull());
        foreach (var kind in new[] { "sl-today", "asa", "aht", "acw", "abandon-rate" }) figures.Figure(new TileSpec(kind), "t").Value.ShouldBeNull(kind);
    }

    [Fact]
    public void Busy_people_over_busy_and_available_are_the_occupancy_now() =>
        // Talking, wrapping up, and one with a chat in hand; one more is available.
        Figure("occupancy-now").Value.ShouldBe(75);

    [Fact]
    public void States_and_break_reasons_count_who_is_over_the_limit()
    {
        Figure("states").Rows.Select(r => (r.Key, r.Value, r.Over)).ShouldBe(
            [("measurement.board.state.available", 1, 0), ("measurement.board.state.talking", 1, 0), ("measurement.board.state.working", 1, 0), ("measurement.board.state.after-contact-work", 1, 1), ("measurement.board.state.at-meal", 1, 1)]);
        var facts = Facts();
        var agents = facts.Floor.Agents.ToDictionary();
        agents[People[0]] = agents[People[0]] with { State = EffectiveState.OnBreak, BreakReason = "rest", OverLimitSince = Now.AddSeconds(-1) };
        agents[People[1]] = agents[People[1]] with { State = EffectiveState.OnBreak, BreakReason = "rest", OverLimitSince = Now.AddSeconds(1) };
        agents[People[2]] = agents[People[2]] with { State = EffectiveState.OnBreak, BreakReason = "gone", OverLimitSince = null };
        new BoardFigures(BoardDefinition.Usual, facts with { Floor = facts.Floor with { Agents = agents } }).Figure(new TileSpec("breaks"), "t").Rows.Select(r => (r.Zh, r.En, r.Value, r.Over))
            .ShouldBe([("小休", "Rest", 2, 1), ("gone", "gone", 1, 0)]);
    }

    [Fact]
    public void The_leaderboard_ranks_equals_alike_and_keeps_names_to_itself_in_privacy()
    {
        var ranks = Figure("leaderboard").Rows;
        ranks.Select(r => (r.Rank, r.Value)).ShouldBe([(1, 6), (1, 6), (3, 2)]);
        ranks.ShouldAllBe(r => r.Zh == null && r.En == null && r.Key == null);
        new BoardFigures(BoardDefinition.Usual with { IsPrivate = false }, Facts()).Figure(new TileSpec("leaderboard"), "t").Rows.Select(r => r.Zh).ShouldBe(["甲", "乙", "丁"], ignoreOrder: true);
    }

    [Fact]
    public void Teams_are_compared_by_what_they_completed() =>
        Figure("teams").Rows.Select(r => (r.Zh, r.Value, r.NoteValue)).ShouldBe([("北组", 12, "3"), ("南组", 2, "1")]);

    [Fact]
    public void A_board_of_one_queue_and_one_team_counts_only_those()
    {
        var figures = new BoardFigures(new BoardDefinition { Queues = ["orders"], Units = ["S"] }, Facts());
        double? Of(string kind) => figures.Figure(new TileSpec(kind), "t").Value;
        (Of("waiting"), Of("longest-wait"), Of("offered"), Of("call-backs"), Of("staffed")).ShouldBe((2, 10, 20, 9, 1));
        figures.Figure(new TileSpec("staffed"), "t").NoteValues.ShouldBe(["2"]);
        figures.Figure(new TileSpec("leaderboard"), "t").Rows.Select(r => r.Value).ShouldBe([2]);
    }

    [Fact]
    public void Who_is_rostered_stands_beside_who_is_there_and_no_roster_is_said()
    {
        Figure("staffed").ShouldSatisfyAllConditions(f => f.Note.ShouldBe("rostered"), f => f.NoteValues.ShouldBe(["5"]));
        new BoardFigures(BoardDefinition.Usual, Facts() with { Rostered = null }).Figure(new TileSpec("staffed"), "t").Note.ShouldBe("no-roster");
    }

    [Theory]
    [InlineData(4, 5.0, 10.0, false, "ok")]
    [InlineData(5, 5.0, 10.0, false, "warn")]
    [InlineData(10, 5.0, 10.0, false, "bad")]
    [InlineData(80, 70.0, 80.0, true, "ok")]
    [InlineData(79.9, 70.0, 80.0, true, "warn")]
    [InlineData(69.9, 70.0, 80.0, true, "bad")]
    [InlineData(9, 9.0, null, false, "warn")]
    [InlineData(8, null, null, false, null)]
    public void A_threshold_says_how_a_figure_stands(double value, double? lower, double? upper, bool more, string? expected) => BoardFigures.Standing(value, lower, upper, more).ShouldBe(expected);

    [Fact]
    public void Without_a_lower_threshold_attention_begins_at_seventy_percent_of_the_upper() =>
        new BoardFigures(BoardDefinition.Usual, Facts()).Figure(new TileSpec("waiting", null, 10), "t").ShouldSatisfyAllConditions(f => f.Lower.ShouldBe(7), f => f.Standing.ShouldBe("warn"));

    [Theory, InlineData("forecast"), InlineData("required"), InlineData("csat"), InlineData("qa-fails"), InlineData("adherence"), InlineData("contests")]
    public void What_is_not_measured_says_so_and_is_on_no_board_by_itself(string kind)
    {
        Figure(kind).ShouldSatisfyAllConditions(f => f.IsMeasured.ShouldBeFalse(), f => f.Value.ShouldBeNull());
        BoardDefinition.Usual.Pages.SelectMany(p => p.Tiles).Select(t => t.Kind).ShouldNotContain(kind);
    }

    [Fact]
    public void A_definition_comes_back_from_the_store_as_it_was() =>
        BoardDefinition.Parse((BoardDefinition.Usual with { Announcement = "今晚演练", Units = ["N"] }).ToJson()).ToJson().ShouldBe((BoardDefinition.Usual with { Announcement = "今晚演练", Units = ["N"] }).ToJson());

    private static WallTile.Figure Figure(string kind) => new BoardFigures(BoardDefinition.Usual, Facts()).Figure(new TileSpec(kind), "t");

    private static BoardFacts Facts()
    {
        var day = new DateOnly(2026, 1, 1);
        var organisation = new OrganisationSnapshot(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
            [new Unit(Centre, null, UnitKind.Centre, "C", "中心"), new Unit(North, Centre, UnitKind.Team, "N", "北组"), new Unit(South, Centre, UnitKind.Team, "S", "南组")],
            People.Select((p, i) => new Agent(p, $"p{i}", "甲乙丙丁戊己"[i].ToString(), day, null, true)), [new Queue(Calls, "calls", "热线", true), new Queue(Orders, "orders", "订单", true)],
            People.Select((p, i) => new Placement(p, i < 3 ? North : South, day, null)));
        var floor = new FloorPicture(Now, true, Agents().ToDictionary(a => a.AgentId), new Dictionary<Guid, FloorQueue>
        {
            [Calls] = new(Calls, Channel.Call, true, 5, Now.AddSeconds(-95),
            [
                Quarter(8, 0, offered: 52, answered: 40, inTime: 40, abandoned: 8, shorts: 3, wait: 400, handle: 9000, after: 900, completed: 30, overflowOut: 5),
                Quarter(13, 45, offered: 18, answered: 14, inTime: 12, abandoned: 0, wait: 200), Quarter(14, 0, offered: 10, answered: 6, inTime: 4, abandoned: 2, shorts: 1, wait: 300),
            ]) { ServiceLevelSeconds = 20, ShortAbandonSeconds = 5 },
            [Orders] = new(Orders, Channel.WorkItem, true, 2, Now.AddSeconds(-10),
            [
                Quarter(13, 45, offered: 10, answered: 10, inTime: 8, wait: 200, handle: 3000, after: 300, completed: 10, overflowIn: 3), Quarter(14, 15, offered: 10, answered: 10, inTime: 8, wait: 100),
            ]) { ServiceLevelSeconds = 20, ShortAbandonSeconds = 5 },
        });
        floor.Queues[Calls].Quarters.Sum(q => q.Answered).ShouldBe(60);
        return new BoardFacts(Now, floor, organisation, [new(People[0], Calls, 4, 800), new(People[0], Orders, 2, 100), new(People[1], Calls, 6, 900), new(People[3], Orders, 2, 100)],
            [new(Calls, 0, 0), new(Orders, 9, 2)], People.Take(4).Append(People[5]).ToHashSet(), [new("rest", "小休", "Rest")]);
    }

    private static IEnumerable<FloorAgent> Agents()
    {
        FloorAgent Of(int i, EffectiveState state, int? limitIn = null, params Evenhand.Routing.Contracts.FloorContact[] held) => new(People[i], i < 3 ? North : South, state, null, Now.AddMinutes(-5), false,
            limitIn is { } seconds ? Now.AddSeconds(seconds) : null, null, held, null, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(40)) { Handling = TimeSpan.FromMinutes(45), DrawnAt = Now };
        yield return Of(0, EffectiveState.Talking, 100);
        yield return Of(1, EffectiveState.AfterContactWork, -1);
        yield return Of(2, EffectiveState.Working, null, new Evenhand.Routing.Contracts.FloorContact(Guid.CreateVersion7(), Calls, Channel.Chat, "in-hand", Now.AddMinutes(-1)));
        yield return Of(3, EffectiveState.Available);
        // At the meal nothing grows: on duty 60 minutes of which none were worked.
        yield return Of(4, EffectiveState.AtMeal, -60) with { Handling = TimeSpan.Zero };
    }

    private static QuarterCounts Quarter(int hour, int minute, int offered = 0, int answered = 0, int inTime = 0, int abandoned = 0, int shorts = 0, int overflowIn = 0, int overflowOut = 0, long wait = 0, long handle = 0, long after = 0, int completed = 0) =>
        new(new DateTimeOffset(2026, 11, 20, hour, minute, 0, TimeSpan.FromHours(8)), offered, answered, inTime, abandoned, shorts, overflowIn, overflowOut, 0, wait, handle, after, completed);
}
