using Evenhand.Kernel;
using Evenhand.Tests.Architecture;
using Evenhand.Workforce.Handover;

namespace Evenhand.Tests.Workforce;

public sealed class HandoverFlowTests
{
    private static readonly Guid[] Teams = [.. Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7())];
    private static readonly Guid[] Leaders = [.. Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7())];

    [Fact]
    public void A_team_leaves_when_both_have_signed_and_its_leader_when_everybody_has_read()
    {
        var flow = Floor(2, 2);
        flow.Sign(Teams[0], Leaders[0]).Refusal!.Code.ShouldBe("workforce.log-missing");
        flow = Ready(flow);
        Refused(flow.TakeOver(Teams[2], Leaders[2])).ShouldBe("workforce.waits-for");
        flow = flow.Sign(Teams[0], Leaders[0]).Value;
        Refused(flow.Sign(Teams[0], Leaders[0])).ShouldBe("workforce.already-signed");
        Refused(flow.TakeOver(Teams[2], Leaders[2])).ShouldBe("workforce.logs-unread");
        flow = flow.ReadLogs(Teams[2]).Value;
        Refused(flow.ReadLogs(Teams[2])).ShouldBe("workforce.nothing-to-read");
        Refused(flow.TakeOver(Teams[2], Leaders[0])).ShouldBe("workforce.both-by-one");
        flow = flow.TakeOver(Teams[2], Leaders[2]).Value;
        flow.Leavers.Select(l => l.State).ShouldBe([Leaving.Released, Leaving.Preparing]);
        flow.Arrivers.Select(a => a.State).ShouldBe([Arriving.OnFloor, Arriving.Gathering]);
        flow = flow.ReadLogs(Teams[3]).Value;
        flow.Leavers[0].State.ShouldBe(Leaving.Over);
        flow = flow.Sign(Teams[1], Leaders[1]).Value.ReadLogs(Teams[3]).Value.TakeOver(Teams[3], Leaders[3]).Value;
        flow.Leavers[1].State.ShouldBe(Leaving.Released);
        flow.IsClosed.ShouldBeFalse();
        flow.Unread(Teams[2]).ShouldBe(1);
        flow.ReadLogs(Teams[2]).Value.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void What_is_sent_back_is_signed_again_under_a_new_number_and_read_again()
    {
        var flow = Ready(Floor(1, 1)).Sign(Teams[0], Leaders[0]).Value.ReadLogs(Teams[1]).Value;
        flow = flow.SendBack(Teams[1], Teams[0]).Value;
        (flow.Leavers[0].State, flow.Leavers[0].Number, flow.Leavers[0].SignedBy).ShouldBe((Leaving.Preparing, 0, null));
        Refused(flow.TakeOver(Teams[1], Leaders[1])).ShouldBe("workforce.waits-for");
        flow = flow.Sign(Teams[0], Leaders[0]).Value;
        flow.Leavers[0].Number.ShouldBe(2);
        Refused(flow.TakeOver(Teams[1], Leaders[1])).ShouldBe("workforce.logs-unread");
        flow.ReadLogs(Teams[1]).Value.TakeOver(Teams[1], Leaders[1]).Value.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void Without_anybody_who_arrives_the_own_signature_is_enough_and_a_team_without_predecessor_waits_for_nobody()
    {
        Ready(Floor(1, 0)).Sign(Teams[0], Leaders[0]).Value.IsClosed.ShouldBeTrue();
        Ready(Floor(0, 1)).TakeOver(Teams[0], Leaders[0]).Value.IsClosed.ShouldBeTrue();
        Refused(Floor(0, 1).TakeOver(Teams[0], Leaders[0])).ShouldBe("workforce.roll-incomplete");
        Refused(Ready(Floor(1, 1)).LetGo(Teams[5])).ShouldBe("workforce.side.not-found");
        Ready(Floor(1, 1)).LetGo(Teams[0]).Value.TakeOver(Teams[1], Leaders[1]).Value.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void However_leaders_act_nobody_leaves_before_both_signed_and_no_move_is_made_that_is_not_drawn()
    {
        var chance = new Random(7);
        var (closed, released) = (0, 0);
        for (var round = 0; round < 400; round++)
        {
            var (leave, arrive) = (chance.Next(0, 4), chance.Next(0, 4));
            var flow = Floor(leave, arrive);
            var (signed, took, read, let) = (new HashSet<Guid>(), new HashSet<Guid>(), new Dictionary<Guid, int>(), new HashSet<Guid>());
            for (var step = 0; step < 60; step++)
            {
                var (team, leader) = (Teams[chance.Next(leave + arrive + 1)], Leaders[chance.Next(8)]);
                if (chance.Next(5) == 0) flow = Ready(flow);
                var (act, after) = chance.Next(10) switch
                {
                    < 3 => ("sign", flow.Sign(team, leader)),
                    < 6 => ("take", flow.TakeOver(team, leader)),
                    < 8 => ("read", flow.ReadLogs(team)),
                    8 => ("back", flow.SendBack(team, Teams[chance.Next(leave + 1)])),
                    _ => ("go", chance.Next(6) == 0 ? flow.LetGo(team) : new Refusal("workforce.side.not-found")),
                };
                if (after.Refused(out _, out var next)) continue;
                if (act == "sign") signed.Add(team);
                if (act == "take") took.Add(team);
                if (act == "go") let.Add(team);
                foreach (var (was, now) in flow.Leavers.Zip(next.Leavers)) Moved(was.State, now.State);
                foreach (var (was, now) in flow.Arrivers.Zip(next.Arrivers)) (was.State == now.State || HandoverFlow.IsMove(was.State.ToString(), now.State.ToString())).ShouldBeTrue();
                flow = next;
                if (act == "back") signed.RemoveWhere(t => flow.Leavers.Any(l => l.Team == t && l.State == Leaving.Preparing));
                foreach (var leaver in flow.Leavers.Where(l => l.State >= Leaving.Released && !let.Contains(l.Team)))
                {
                    released++;
                    signed.ShouldContain(leaver.Team);
                    if (leaver.Successor is { } successor) took.ShouldContain(successor);
                    if (leaver.State == Leaving.Over) flow.Arrivers.ShouldAllBe(a => a.Read >= leaver.Number);
                }
                foreach (var arriver in flow.Arrivers)
                {
                    arriver.Read.ShouldBeGreaterThanOrEqualTo(read.GetValueOrDefault(arriver.Team));
                    read[arriver.Team] = arriver.Read;
                }
            }
            if (flow.IsClosed) closed++;
        }
        closed.ShouldBeGreaterThan(50);
        released.ShouldBeGreaterThan(300);

        static void Moved(Leaving was, Leaving now)
        {
            for (var at = was; at < now && !HandoverFlow.IsMove(was.ToString(), now.ToString()); at++) HandoverFlow.IsMove(at.ToString(), (at + 1).ToString()).ShouldBeTrue($"{was} → {now}");
            if (now < was) HandoverFlow.IsMove(was.ToString(), now.ToString()).ShouldBeTrue($"{was} → {now}");
        }
    }

    [Fact]
    public void The_picture_in_the_documentation_is_the_one_the_rules_draw() =>
        File.ReadAllText(Path.Combine(House.Root, "docs", "handover.md")).ShouldContain("```mermaid\n" + HandoverFlow.Draw() + "```");

    /// <summary>So many teams leave, so many arrive; each leaver is taken over by one after the other.</summary>
    private static HandoverFlow Floor(int leave, int arrive) => new(
        [.. Enumerable.Range(0, leave).Select(i => new LeavingTeam(Teams[i], $"L{i}", arrive == 0 ? null : Teams[leave + i % arrive], Leaving.Preparing, 0, false, 1, null))],
        [.. Enumerable.Range(leave, arrive).Select(i => new ArrivingTeam(Teams[i], $"A{i}", Arriving.Gathering, 0, 1))], 0);

    private static HandoverFlow Ready(HandoverFlow flow) => flow with { Leavers = [.. flow.Leavers.Select(l => l with { HasLog = true, Unchecked = 0 })], Arrivers = [.. flow.Arrivers.Select(a => a with { Unmarked = 0 })] };

    private static string Refused(Outcome<HandoverFlow> outcome) => outcome.Refusal!.Code;
}
