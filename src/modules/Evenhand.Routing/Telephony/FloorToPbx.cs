using System.Threading.Channels;
using Evenhand.Dispatch.Presence;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.Extensions.Logging;
using Channel = System.Threading.Channels.Channel;

namespace Evenhand.Routing.Telephony;

/// <summary>
/// Carries what the floor decides to telephone systems: who is offered which call, who has a break. It compares what stands on the floor with what was ordered, so that whatever was missed is
/// made good with the next look. An offer a phone cannot have goes back, and nobody is blamed for it.
/// </summary>
internal sealed partial class FloorToPbx(LiveFloor floor, PbxVisits visits, PbxCommands commands, TimeProvider clock, ILogger<FloorToPbx> log)
{
    private const int Tries = 10;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);
    private readonly Channel<Func<IEnumerable<Guid>>> looks = Channel.CreateUnbounded<Func<IEnumerable<Guid>>>();
    private readonly Dictionary<Guid, HashSet<PbxVisit>> standing = [];

    /// <summary>Looks at these agents soon.</summary>
    public void Look(IReadOnlyCollection<Guid> agents)
    {
        if (agents.Count > 0) looks.Writer.TryWrite(() => agents);
    }

    /// <summary>A system's line was connected anew: what stands is ordered again.</summary>
    public void Again(string pbx) => looks.Writer.TryWrite(() =>
    {
        foreach (var visits in standing.Values) visits.RemoveWhere(v => v.Pbx == pbx);
        return floor.Now().Agents.Keys;
    });

    /// <summary>Listens to the floor until it is told to end.</summary>
    public async Task Run(CancellationToken cancel)
    {
        using var listening = floor.Listen(change => Look([.. change.Agents]));
        Look([.. floor.Now().Agents.Keys]);
        try
        {
            await foreach (var look in looks.Reader.ReadAllAsync(cancel))
                foreach (var agent in look().Distinct().ToList()) Look(agent, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
    }

    private void Look(Guid agent, CancellationToken cancel)
    {
        try
        {
            Compare(agent, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Failed(log, agent, fault);
        }
    }

    private void Compare(Guid agent, CancellationToken cancel)
    {
        var shown = floor.Now();
        if (!shown.IsRunning) return;
        var seen = shown.Agents.GetValueOrDefault(agent);
        var offered = (seen?.Contacts ?? []).Where(c => c.Stage == "offered").Select(c => visits.Of(c.ContactId)).OfType<PbxVisit>().ToHashSet();
        var ordered = standing.GetValueOrDefault(agent, []);
        foreach (var gone in ordered.Where(v => !offered.Contains(v))) commands.Withdraw(gone.Pbx, gone.Call, gone.Queue, agent);
        foreach (var visit in offered.Where(v => !ordered.Contains(v))) _ = Offer(visit, agent, cancel);
        if (offered.Count > 0) standing[agent] = offered;
        else standing.Remove(agent);
        if (seen is null) commands.Unpause(agent);
        else if (!IsBusy(seen.State)) Pause(agent, ReasonOf(seen));
    }

    /// <summary>While a phone rings or is in use, what the person wants does not show; it will when that is over.</summary>
    private static bool IsBusy(EffectiveState state) => state is EffectiveState.Ringing or EffectiveState.Talking or EffectiveState.Holding;

    private static string? ReasonOf(FloorAgent agent) => agent.State switch
    {
        EffectiveState.OnBreak => agent.BreakReason ?? "break",
        EffectiveState.AtMeal => "meal",
        EffectiveState.InTraining => "training",
        EffectiveState.InMeeting => "meeting",
        EffectiveState.AfterContactWork => "acw",
        _ => null,
    };

    private void Pause(Guid agent, string? reason)
    {
        if (reason is null) commands.Unpause(agent);
        else commands.Pause(agent, reason);
    }

    private async Task Offer(PbxVisit visit, Guid agent, CancellationToken cancel)
    {
        var answer = new PhoneAnswer(PhoneOutcome.NotConnected);
        for (var tried = 0; tried < Tries; tried++)
        {
            if (!Stands(visit, agent)) return;
            answer = await commands.Offer(visit.Pbx, visit.Call, visit.Queue, agent, cancel).ConfigureAwait(false);
            if (answer.Outcome != PhoneOutcome.NotConnected) break;
            await Task.Delay(BetweenTries, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (answer.Outcome is PhoneOutcome.Done or PhoneOutcome.Unanswered || cancel.IsCancellationRequested) return;
        Impossible(log, visit.Pbx, visit.Queue, agent, answer.Outcome, answer.Words);
        await floor.Do(state => state.Reject(visit.Contact, agent), cancel);
    }

    private bool Stands(PbxVisit visit, Guid agent) => floor.Now().Agents.GetValueOrDefault(agent)?.Contacts.Any(c => c.ContactId == visit.Contact && c.Stage == "offered") == true;

    [LoggerMessage(Level = LogLevel.Error, Message = "Telling telephone systems of agent {Agent} failed; it is tried with the next change")]
    private static partial void Failed(ILogger log, Guid agent, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A call of {Pbx} in {Queue} could not be offered to the phone of agent {Agent}: {Outcome} {Words}; it goes to the next")]
    private static partial void Impossible(ILogger log, string pbx, string queue, Guid agent, PhoneOutcome outcome, string? words);
}
