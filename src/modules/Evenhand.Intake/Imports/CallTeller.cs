using System.Text;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Contracts;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Intake.Imports;

/// <summary>A stay in a queue as a trail tells it; names are numbers of the teller's tables.</summary>
internal readonly record struct ToldStay(int Queue, int Agent, string? Customer, long EnteredAt, long? ConnectedAt, long? EndedAt,
    int Wait, int Ring, int Talk, int Hold, int? AfterContact, ContactOutcome Outcome, ContactEnd EndedBy, int RingNoAnswers);

/// <summary>Makes stays in queues of a call's lines: always of all lines known, so that it does not matter in how many files they came. Not safe for several threads.</summary>
internal sealed class CallTeller
{
    private readonly CallAssembler<Listener> assembler;
    private readonly List<ToldStay> stays = [];
    private readonly List<long> orphans = [];

    public CallTeller()
    {
        Queues = new NameTable();
        Agents = new NameTable();
        assembler = new CallAssembler<Listener>(new Listener(stays, orphans), Queues, Agents);
    }

    public NameTable Queues { get; }

    public NameTable Agents { get; }

    /// <summary>Numbers, within the trail told last, of the lines that belong to no stay.</summary>
    public IReadOnlyList<long> Orphans => orphans;

    /// <summary>The stays, in order; valid until the next call.</summary>
    public IReadOnlyList<ToldStay> Tell(ReadOnlySpan<byte> trail)
    {
        stays.Clear();
        orphans.Clear();
        if (CallRecordLine.IsOne(trail)) CallRecordLine.Tell(trail, Queues, Agents, stays);
        else assembler.Replay(trail);
        return stays;
    }

    /// <summary>The lines of both, each once.</summary>
    public static byte[] Join(byte[] known, byte[] more)
    {
        if (known.AsSpan().SequenceEqual(more)) return known;
        return CallRecordLine.IsOne(known) ? CallRecordLine.Join(known, more) : CallTrail.Union(known, more);
    }

    private readonly struct Listener(List<ToldStay> stays, List<long> orphans) : IQueueLogSink
    {
        public void OnVisit(in CallVisit visit)
        {
            var (outcome, answered) = (Outcome(visit.Outcome), visit.ConnectedAt is not null);
            stays.Add(new ToldStay(visit.Queue, visit.Agent, Customers.Known(Encoding.UTF8.GetString(visit.CallerId)), visit.EnteredAt, visit.ConnectedAt, visit.EndedAt,
                visit.WaitSeconds ?? 0, visit.RingSeconds ?? 0, visit.TalkSeconds ?? 0, 0, null,
                outcome == ContactOutcome.Unfinished && answered ? ContactOutcome.Answered : outcome, Ended(visit.EndedBy), visit.RingNoAnswers));
        }

        public void OnAgentEvent(in AgentEvent agentEvent)
        {
        }

        public void OnFault(QueueLogFault fault, long lineNumber) => orphans.Add(lineNumber);

        private static ContactOutcome Outcome(VisitOutcome outcome) => outcome switch
        {
            VisitOutcome.Unfinished => ContactOutcome.Unfinished,
            VisitOutcome.Answered => ContactOutcome.Answered,
            VisitOutcome.Abandoned => ContactOutcome.Abandoned,
            VisitOutcome.TimedOut => ContactOutcome.TimedOut,
            VisitOutcome.KeyExit => ContactOutcome.KeyExit,
            VisitOutcome.Empty => ContactOutcome.EmptyExit,
            _ => ContactOutcome.OtherExit,
        };

        private static ContactEnd Ended(VisitEnd by) => by switch
        {
            VisitEnd.Agent => ContactEnd.Agent,
            VisitEnd.Caller => ContactEnd.Customer,
            VisitEnd.Transfer => ContactEnd.Transfer,
            _ => ContactEnd.Unknown,
        };
    }
}
