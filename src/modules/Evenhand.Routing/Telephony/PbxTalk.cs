using Evenhand.Telephony.Live;

namespace Evenhand.Routing.Telephony;

/// <summary>Something a telephone system is asked to do.</summary>
internal abstract record PbxOrder;

/// <summary>A member is to be paused, or to work.</summary>
/// <param name="Member">The member.</param>
/// <param name="Queue">In this queue only; null for all of the member's, or where the system knows no other.</param>
/// <param name="Paused">True to pause.</param>
/// <param name="Reason">Why, as the system's log is told; null for none.</param>
internal sealed record PauseOrder(string Member, string? Queue, bool Paused, string? Reason) : PbxOrder;

/// <summary>A member's phone is to ring and, when it is picked up, to be connected with a number.</summary>
/// <param name="Member">The member.</param>
/// <param name="Number">What is then dialled.</param>
/// <param name="Context">In which dialplan context.</param>
internal sealed record DialOrder(string Member, string Number, string Context) : PbxOrder;

/// <summary>A caller is to be taken from whoever has the call in hand, into a queue.</summary>
/// <param name="Call">The call.</param>
/// <param name="Queue">The queue; where the dialplan leads into queues, also the extension there.</param>
/// <param name="Context">In which dialplan context.</param>
internal sealed record PassOrder(string Call, string Queue, string Context) : PbxOrder;

/// <summary>How an order came out.</summary>
/// <param name="Id">Which order.</param>
/// <param name="Outcome">How.</param>
/// <param name="Words">The system's own words, or null.</param>
internal sealed record PbxAnswer(string Id, CommandOutcome Outcome, string? Words);

/// <summary>One side of a conversation with a telephone system: bytes and time go in, bytes, facts and answers come out. It lives longer than a connection and is used by one thread.</summary>
internal abstract class PbxTalk
{
    private List<PbxFact> facts = [];

    protected PbxTalk() => Mirror = new QueueMirror(fact => facts.Add(fact));

    protected QueueMirror Mirror { get; }

    protected List<PbxAnswer> Answers { get; set; } = [];

    /// <summary>Whether a member is paused in each queue by itself; else in all at once, and without a reason.</summary>
    public abstract bool PausesByQueue { get; }

    public abstract bool IsOpen { get; }

    public abstract bool IsReady { get; }

    /// <summary>When <see cref="Tick"/> is next of use; null while it is not open.</summary>
    public abstract DateTimeOffset? NextTick { get; }

    /// <summary>Whether events may be missing: until the first full state of a connection.</summary>
    public bool IsInDoubt => Mirror.IsInDoubt;

    /// <summary>How many full states were compared until now.</summary>
    public long FullStates => Mirror.FullStates;

    /// <summary>Why the last connection ended, and the system's own words.</summary>
    public SessionEnd? Ended { get; protected set; }

    public string? EndedWith { get; protected set; }

    public abstract void Open(DateTimeOffset now);

    public abstract void Receive(ReadOnlySpan<byte> bytes, DateTimeOffset now);

    public abstract void Tick(DateTimeOffset now);

    public abstract void Disconnect(DateTimeOffset now);

    public abstract byte[] TakeOutput();

    /// <summary>Sends an order; answers its id, or null when it cannot be sent now.</summary>
    public abstract string? Send(PbxOrder order, DateTimeOffset now);

    /// <summary>The name of a member in the system's log.</summary>
    public abstract string NameOf(string member);

    public IReadOnlyList<PbxFact> TakeFacts()
    {
        if (facts.Count == 0) return [];
        var taken = facts;
        facts = [];
        return taken;
    }

    public IReadOnlyList<PbxAnswer> TakeAnswers()
    {
        if (Answers.Count == 0) return [];
        var taken = Answers;
        Answers = [];
        return taken;
    }

    /// <summary>The present queues and their members, as the mirror holds them.</summary>
    public PbxStatus Status(DateTimeOffset now) => Mirror.Status(now);
}
