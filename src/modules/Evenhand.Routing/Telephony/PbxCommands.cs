using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Evenhand.Telephony.Live;

namespace Evenhand.Routing.Telephony;

/// <summary>What became of something a telephone system was asked to do.</summary>
internal enum PhoneOutcome
{
    /// <summary>Done, or taken on.</summary>
    Done,

    /// <summary>The agent has no phone on the system, or on any.</summary>
    NoPhone,

    /// <summary>None of the agent's phones is a member of the queue; of a call that is passed on: the system has no such queue.</summary>
    NotInQueue,

    /// <summary>The line is not connected, or this node does not keep it.</summary>
    NotConnected,

    /// <summary>The system chooses itself who gets its calls.</summary>
    NotRouted,

    /// <summary>What is to be dialled is no number.</summary>
    NotANumber,

    /// <summary>The system refused; of a call: the phone was not picked up.</summary>
    Refused,

    /// <summary>No answer: it may have been done or not.</summary>
    Unanswered,
}

/// <summary>What became of a command, with the system's own words.</summary>
internal readonly record struct PhoneAnswer(PhoneOutcome Outcome, string? Words = null);

/// <summary>What the floor asks of telephone systems: who may have which call, who has a break, whom to call back. Asks the lines this node keeps; what cannot be done is an answer, never a fault.</summary>
internal sealed partial class PbxCommands(PbxLines lines, PbxVisits visits, PassedCalls passing, TimeProvider clock)
{
    private static readonly TimeSpan RingPatience = TimeSpan.FromSeconds(45), Patience = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<Guid, string> breaks = [];

    /// <summary>Lets one phone of the agent have the queue's calls, until the offer is withdrawn, taken or missed.</summary>
    /// <param name="pbx">The system's name.</param>
    /// <param name="call">The system's id of the call.</param>
    /// <param name="queue">The queue's code.</param>
    /// <param name="agent">To whom it is offered.</param>
    /// <param name="cancel">Ends the wait, not the offer.</param>
    public async Task<PhoneAnswer> Offer(string pbx, string call, string queue, Guid agent, CancellationToken cancel)
    {
        if (lines.Named(pbx) is not { } running) return new(PhoneOutcome.NotConnected);
        if (!running.Pbx.Routes) return new(PhoneOutcome.NotRouted);
        var answer = new PhoneAnswer(PhoneOutcome.NoPhone);
        foreach (var member in running.Book.MembersOf(agent))
        {
            var (isMember, told) = await running.Line.Offer(call, queue, member).WaitAsync(cancel);
            answer = isMember ? Of(told) : new(PhoneOutcome.NotInQueue);
            if (isMember) break;
        }
        return answer;
    }

    /// <summary>An offer stands no more.</summary>
    public void Withdraw(string pbx, string call, string queue, Guid agent)
    {
        if (lines.Named(pbx) is not { } running) return;
        foreach (var member in running.Book.MembersOf(agent)) running.Line.Tell(keeper => keeper.Withdraw(call, queue, member));
    }

    /// <summary>A break of the agent begins: every phone is paused with this reason, also after a lost connection.</summary>
    /// <param name="agent">Who.</param>
    /// <param name="reason">Why, as the system's log is told; at most 80 characters are kept.</param>
    public PhoneAnswer Pause(Guid agent, string reason)
    {
        var kept = reason.Length > 80 ? reason[..80] : reason;
        if (breaks.GetValueOrDefault(agent) == kept) return new(PhoneOutcome.Done);
        breaks[agent] = kept;
        return Tell(agent, kept);
    }

    /// <summary>The agent's break is over.</summary>
    public PhoneAnswer Unpause(Guid agent) => breaks.TryRemove(agent, out _) ? Tell(agent, null) : new(PhoneOutcome.Done);

    /// <summary>Rings the agent's phone and, when it is picked up, dials the number.</summary>
    /// <param name="agent">Whose phone.</param>
    /// <param name="number">3 to 32 digits, `+`, `*` and `#`.</param>
    /// <param name="cancel">Ends the wait, not the call.</param>
    public async Task<PhoneAnswer> Originate(Guid agent, string number, CancellationToken cancel)
    {
        if (!Number().IsMatch(number)) return new(PhoneOutcome.NotANumber);
        var answer = new PhoneAnswer(PhoneOutcome.NoPhone);
        foreach (var running in lines.All)
            foreach (var member in running.Book.MembersOf(agent))
            {
                try
                {
                    answer = Of(await running.Line.Order(new DialOrder(member, number, running.Pbx.DialContext)).WaitAsync(RingPatience, clock, cancel));
                }
                catch (TimeoutException)
                {
                    return new(PhoneOutcome.Unanswered);
                }
                // Whatever may have rung is not rung twice.
                if (answer.Outcome != PhoneOutcome.NotConnected) return answer;
            }
        return answer;
    }

    /// <summary>Takes the caller away from whoever has the call in hand, into a queue. When it is done the conversation ends, and the call arrives in that queue with what it brings along.</summary>
    /// <param name="contact">The call in hand.</param>
    /// <param name="queue">The queue's code.</param>
    /// <param name="passed">What it brings along.</param>
    /// <param name="cancel">Ends the wait, not the transfer.</param>
    public async Task<PhoneAnswer> Pass(Guid contact, string queue, PassedCall passed, CancellationToken cancel)
    {
        if (visits.Of(contact) is not { } visit || lines.Named(visit.Pbx) is not { } running) return new(PhoneOutcome.NotConnected);
        if (passed.To is not null && !running.Pbx.Routes) return new(PhoneOutcome.NotRouted);
        if (!running.Line.Seen.Queues.Contains(queue)) return new(PhoneOutcome.NotInQueue);
        passing.Put(visit.Pbx, visit.Call, passed);
        PhoneAnswer answer;
        try
        {
            answer = Of(await running.Line.Order(new PassOrder(visit.Call, queue, running.Pbx.DialContext)).WaitAsync(Patience, clock, cancel));
        }
        catch (TimeoutException)
        {
            return new(PhoneOutcome.Unanswered);
        }
        if (answer.Outcome is PhoneOutcome.Refused or PhoneOutcome.NotConnected) passing.Forget(visit.Pbx, visit.Call);
        return answer;
    }

    /// <summary>Tells a line that begins who has a break.</summary>
    public void Remind(RunningPbx running)
    {
        foreach (var (agent, reason) in breaks)
            foreach (var member in running.Book.MembersOf(agent)) running.Line.Tell(keeper => keeper.Break(member, reason));
    }

    private PhoneAnswer Tell(Guid agent, string? reason)
    {
        var told = false;
        foreach (var running in lines.All)
            foreach (var member in running.Book.MembersOf(agent))
            {
                running.Line.Tell(keeper => keeper.Break(member, reason));
                told = true;
            }
        return new(told ? PhoneOutcome.Done : PhoneOutcome.NoPhone);
    }

    private static PhoneAnswer Of(PbxAnswer? answer) => answer is null ? new(PhoneOutcome.NotConnected) : new(answer.Outcome switch
    {
        CommandOutcome.Done => PhoneOutcome.Done,
        CommandOutcome.Refused => PhoneOutcome.Refused,
        _ => PhoneOutcome.Unanswered,
    }, answer.Words);

    [GeneratedRegex(@"^\+?[0-9*#]{3,32}$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
