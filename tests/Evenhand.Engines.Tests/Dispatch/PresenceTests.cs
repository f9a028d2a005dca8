using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Dispatch;

public sealed class PresenceTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly Guid Agent = new(1, 0, 0, new byte[8]), Leader = new(2, 0, 0, new byte[8]);
    private static readonly Cause Self = new(Causer.Person, Agent);

    [Fact]
    public void Signing_in_to_ready_makes_an_agent_available_and_says_so_once()
    {
        var step = AgentPresence.SignedOut(Agent, Nine).Want(WantedState.Ready, null, Self, Nine);
        step.Presence.Effective.ShouldBe(EffectiveState.Available);
        step.Fact.ShouldBe(new PresenceFact(Agent, EffectiveState.SignedOut, EffectiveState.Available, null, Nine, Self));
        step.Presence.Want(WantedState.Ready, null, Self, Nine.AddMinutes(1)).Fact.ShouldBeNull();
    }

    [Fact]
    public void A_conversation_shows_whatever_the_person_wants() =>
        Enum.GetValues<WantedState>().ShouldAllBe(wanted => AgentPresence.Derive(wanted, DeviceState.Talking, true) == EffectiveState.Talking);

    [Fact]
    public void A_break_asked_inside_a_conversation_begins_when_it_ends()
    {
        var talking = Ready().DeviceIs(DeviceState.Talking, Nine.AddMinutes(1)).Presence;
        var asked = talking.Want(WantedState.Break, "water", Self, Nine.AddMinutes(2));
        (asked.Presence.Effective, asked.Fact, asked.Presence.Since).ShouldBe((EffectiveState.Talking, null, Nine.AddMinutes(1)), "the conversation goes on, and so does its timer");
        var gone = asked.Presence.DeviceIs(DeviceState.Idle, Nine.AddMinutes(3));
        (gone.Fact!.To, gone.Fact.Cause).ShouldBe((EffectiveState.OnBreak, Self), "the end of the call is not who asked for the break");
        gone.Presence.DeviceIs(DeviceState.Talking, Nine.AddMinutes(4)).Presence.DeviceIs(DeviceState.Idle, Nine.AddMinutes(5)).Fact!.Cause.By.ShouldBe(Causer.System);
    }

    [Fact]
    public void The_third_missed_beat_makes_an_agent_unreachable_and_the_next_beat_brings_him_back()
    {
        var ready = Ready();
        ready.Check(Lease.Default, Nine.AddSeconds(29.9)).Fact.ShouldBeNull();
        var lost = ready.Check(Lease.Default, Nine.AddSeconds(30));
        lost.Fact!.To.ShouldBe(EffectiveState.Unreachable);
        lost.Fact.Cause.By.ShouldBe(Causer.System);
        lost.Presence.Beat(Nine.AddSeconds(31)).Fact!.To.ShouldBe(EffectiveState.Available);
    }

    [Fact]
    public void A_silent_desk_inside_a_conversation_stays_talking_until_it_ends()
    {
        var silent = Ready().DeviceIs(DeviceState.Talking, Nine).Presence.Check(Lease.Default, Nine.AddMinutes(5));
        silent.Presence.Effective.ShouldBe(EffectiveState.Talking);
        silent.Presence.DeviceIs(DeviceState.Idle, Nine.AddMinutes(6)).Fact!.To.ShouldBe(EffectiveState.Unreachable);
    }

    [Fact]
    public void A_leader_changes_a_state_only_with_a_reason()
    {
        Ready().Want(WantedState.Meeting, null, new Cause(Causer.Leader, Leader, " "), Nine).Denied!.Code.ShouldBe("dispatch.leader-needs-reason");
        Ready().Want(WantedState.Meeting, null, new Cause(Causer.Leader, Leader, "crisis"), Nine).Fact!.Cause.Reason.ShouldBe("crisis");
    }

    [Fact]
    public void A_break_without_a_reason_is_refused_and_changes_nothing()
    {
        var step = Ready().Want(WantedState.Break, "", Self, Nine);
        step.Denied!.Code.ShouldBe("dispatch.break-needs-reason");
        step.Presence.ShouldBe(Ready());
    }

    [Fact]
    public void Nobody_unreachable_signed_out_or_away_is_ever_shown_as_available() => Prop.ForAll(
        ArbMap.Default.ArbFor<WantedState>(), ArbMap.Default.ArbFor<DeviceState>(), ArbMap.Default.ArbFor<bool>(),
        (wanted, device, silent) => AgentPresence.Derive(wanted, device, silent) != EffectiveState.Available || (wanted == WantedState.Ready && device == DeviceState.Idle && !silent))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Sign_in_is_possible_in_the_rostered_window_only()
    {
        RosteredShift[] shifts = [new(Nine, Nine.AddHours(8))];
        DutyGate.SignIn(Agent, shifts, Nine.AddMinutes(-15), DutyRules.Default).IsAllowed.ShouldBeTrue();
        DutyGate.SignIn(Agent, shifts, Nine.AddMinutes(-16), DutyRules.Default).Denied.ShouldBe(new Denial("dispatch.too-early", Nine.AddMinutes(-15)));
        DutyGate.SignIn(Agent, shifts, Nine.AddHours(8), DutyRules.Default).Denied.ShouldBe(new Denial("dispatch.not-rostered"));
        var let = DutyGate.SignIn(Agent, shifts, Nine.AddHours(8), DutyRules.Default, new Approval(Leader, "surge", Nine.AddHours(8)));
        let.IsAllowed.ShouldBeTrue();
        let.Override!.Reason.ShouldBe("surge");
    }

    [Fact]
    public void Leaving_before_the_end_needs_a_leaders_approval_that_still_holds()
    {
        var shift = new RosteredShift(Nine, Nine.AddHours(8));
        var noon = Nine.AddHours(3);
        GateDecision Off(Approval? approval) => DutyGate.SignOff(Agent, shift, [], noon, DutyRules.Default, approval);
        Off(null).Denied.ShouldBe(new Denial("dispatch.sign-off-needs-approval", TimeSpan.FromHours(5)));
        Off(new Approval(Agent, "mine", noon)).Denied!.Code.ShouldBe("dispatch.approval-by-oneself");
        Off(new Approval(Leader, "", noon)).Denied!.Code.ShouldBe("dispatch.approval-needs-reason");
        Off(new Approval(Leader, "ill", noon.AddMinutes(-30))).Denied!.Code.ShouldBe("dispatch.approval-expired");
        var let = Off(new Approval(Leader, "ill", noon.AddMinutes(-29)));
        (let.IsAllowed, let.Early, let.Override!.Leader).ShouldBe((true, TimeSpan.FromHours(5), Leader));
        DutyGate.SignOff(Agent, shift, [], shift.End, DutyRules.Default).ShouldBe(new GateDecision(null, shift, null, TimeSpan.Zero));
    }

    [Fact]
    public void Nobody_leaves_with_work_that_has_no_plan()
    {
        GateDecision Off(params WorkInHand[] work) => DutyGate.SignOff(Agent, null, work, Nine, DutyRules.Default);
        Off(new WorkInHand(Leader, false, WorkPlan.Open)).Denied.ShouldBe(new Denial("dispatch.work-in-hand", 1));
        Off(new WorkInHand(Leader, true, WorkPlan.Requeue)).Denied!.Code.ShouldBe("dispatch.live-contact-cannot-wait");
        Off(new WorkInHand(Leader, true, WorkPlan.HandOver, Agent)).Denied!.Code.ShouldBe("dispatch.handover-needs-colleague");
        Off(new WorkInHand(Leader, false, WorkPlan.Requeue), new WorkInHand(Leader, true, WorkPlan.HandOver, Leader)).IsAllowed.ShouldBeTrue();
    }

    [Fact]
    public void On_duty_time_leaves_out_meals_and_counts_breaks()
    {
        PresenceFact Fact(EffectiveState from, EffectiveState to, int minute) => new(Agent, from, to, null, Nine.AddMinutes(minute), Self);
        PresenceFact[] facts =
        [
            Fact(EffectiveState.SignedOut, EffectiveState.Available, 0), Fact(EffectiveState.Available, EffectiveState.OnBreak, 60), Fact(EffectiveState.OnBreak, EffectiveState.Available, 75),
            Fact(EffectiveState.Available, EffectiveState.AtMeal, 120), Fact(EffectiveState.AtMeal, EffectiveState.Available, 150),
        ];
        var time = DutyTime.Of(Agent, facts, Nine.AddMinutes(-30), Nine.AddMinutes(180));
        time.ShouldBe(new DutyTime(Agent, TimeSpan.FromMinutes(150), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(135), TimeSpan.Zero));
        time.Against(new DutyStandard(0.8, 0.2, TimeSpan.Zero), TimeSpan.FromMinutes(180)).ShouldBeEmpty();
        time.Against(new DutyStandard(0.9, 0.05, TimeSpan.Zero), TimeSpan.FromMinutes(180)).Select(d => d.Code).ShouldBe(["dispatch.too-little-on-duty", "dispatch.too-much-on-break"]);
    }

    [Fact]
    public void Who_keeps_hopping_out_of_available_is_listed_and_who_takes_many_calls_is_not()
    {
        List<PresenceFact> facts = [];
        for (var i = 0; i < 6; i++)
        {
            facts.Add(new(Agent, EffectiveState.OnBreak, EffectiveState.Available, null, Nine.AddMinutes(10 * i), Self));
            facts.Add(new(Agent, EffectiveState.Available, EffectiveState.OnBreak, "water", Nine.AddMinutes(10 * i).AddSeconds(20), Self));
            facts.Add(new(Leader, EffectiveState.Talking, EffectiveState.Available, null, Nine.AddMinutes(10 * i), new Cause(Causer.System)));
            facts.Add(new(Leader, EffectiveState.Available, EffectiveState.Talking, null, Nine.AddMinutes(10 * i).AddSeconds(5), new Cause(Causer.System)));
        }
        Toggler.Find(facts, new ToggleRules(10, 5, TimeSpan.FromSeconds(30))).ShouldBe([new Toggler(Agent, 12, 6)]);
        Toggler.Find(facts, new ToggleRules(13, 7, TimeSpan.FromSeconds(30))).ShouldBeEmpty();
    }

    private static AgentPresence Ready() => AgentPresence.SignedOut(Agent, Nine).Want(WantedState.Ready, null, Self, Nine).Presence;
}
