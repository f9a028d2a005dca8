using System.Text;
using Evenhand.Kernel;

namespace Evenhand.Workforce.Handover;

/// <summary>Where a team that leaves stands.</summary>
internal enum Leaving
{
    /// <summary>Its leader checks the seats and writes the log.</summary>
    Preparing,

    /// <summary>Its leader has signed.</summary>
    Signed,

    /// <summary>Who takes over has signed too: the team may leave, its leader not yet.</summary>
    Released,

    /// <summary>Every leader who arrives has read its log: the leader may leave.</summary>
    Over,
}

/// <summary>Where a team that arrives stands.</summary>
internal enum Arriving
{
    /// <summary>Its leader calls the roll and reads the logs.</summary>
    Gathering,

    /// <summary>Its leader has signed: the team goes to the floor.</summary>
    OnFloor,
}

/// <summary>A team that leaves.</summary>
/// <param name="Successor">The team that takes over from it; null when none arrives.</param>
/// <param name="Number">Which of the logs of this handover it is, in the order of signing, from 1; 0 before it is signed.</param>
/// <param name="Unchecked">Seats nobody has looked at yet.</param>
/// <param name="SignedBy">The account that signed.</param>
internal sealed record LeavingTeam(Guid Team, string Name, Guid? Successor, Leaving State, int Number, bool HasLog, int Unchecked, Guid? SignedBy);

/// <summary>A team that arrives.</summary>
/// <param name="Read">All logs up to this number were read.</param>
/// <param name="Unmarked">People the roll was not called for yet.</param>
internal sealed record ArrivingTeam(Guid Team, string Name, Arriving State, int Read, int Unmarked);

/// <summary>The rules of the shift handover, pure: what a leader may do, and what follows from it. Each act costs time in proportion to the teams.</summary>
internal sealed record HandoverFlow(IReadOnlyList<LeavingTeam> Leavers, IReadOnlyList<ArrivingTeam> Arrivers, int LastNumber)
{
    /// <summary>The moves there are. The picture in the documentation is drawn from them.</summary>
    private static readonly (string From, string Act, string To)[] Moves =
    [
        (nameof(Leaving.Preparing), "its leader signs: seats checked, log written", nameof(Leaving.Signed)),
        (nameof(Leaving.Signed), "who takes over sends it back", nameof(Leaving.Preparing)),
        (nameof(Leaving.Signed), "who takes over has read it and signs", nameof(Leaving.Released)),
        (nameof(Leaving.Released), "every leader who arrives has read the log", nameof(Leaving.Over)),
        (nameof(Leaving.Preparing), "let go, with a reason", nameof(Leaving.Over)),
        (nameof(Leaving.Signed), "let go, with a reason", nameof(Leaving.Over)),
        (nameof(Leaving.Released), "let go, with a reason", nameof(Leaving.Over)),
        (nameof(Arriving.Gathering), "its leader signs: roll called, logs of those who leave read", nameof(Arriving.OnFloor)),
    ];

    /// <summary>Whether everybody has left and everybody has arrived.</summary>
    public bool IsClosed => Leavers.All(l => l.State == Leaving.Over) && Arrivers.All(a => a.State == Arriving.OnFloor);

    /// <summary>The logs that are signed and not yet read by a team that arrives.</summary>
    public int Unread(Guid arriver) => Arrivers.FirstOrDefault(a => a.Team == arriver) is { } own ? Leavers.Count(l => l.Number > own.Read) : 0;

    /// <summary>The leader of a team that leaves signs.</summary>
    public Outcome<HandoverFlow> Sign(Guid team, Guid account)
    {
        if (Leavers.FirstOrDefault(l => l.Team == team) is not { } own) return new Refusal("workforce.side.not-found");
        if (own.State != Leaving.Preparing) return new Refusal("workforce.already-signed", own.Name);
        if (!own.HasLog) return new Refusal("workforce.log-missing", own.Name);
        if (own.Unchecked > 0) return new Refusal("workforce.seats-unchecked", own.Unchecked);
        return (With(own with { State = Leaving.Signed, Number = LastNumber + 1, SignedBy = account }) with { LastNumber = LastNumber + 1 }).Settled();
    }

    /// <summary>The leader of a team that arrives has read every log signed so far.</summary>
    public Outcome<HandoverFlow> ReadLogs(Guid team)
    {
        if (Arrivers.FirstOrDefault(a => a.Team == team) is not { } own) return new Refusal("workforce.side.not-found");
        var read = Leavers.Count == 0 ? 0 : Leavers.Max(l => l.Number);
        return read <= own.Read ? new Refusal("workforce.nothing-to-read") : With(own with { Read = read }).Settled();
    }

    /// <summary>The leader of a team that arrives signs: those it takes over from are released.</summary>
    public Outcome<HandoverFlow> TakeOver(Guid team, Guid account)
    {
        if (Arrivers.FirstOrDefault(a => a.Team == team) is not { } own) return new Refusal("workforce.side.not-found");
        if (own.State != Arriving.Gathering) return new Refusal("workforce.already-signed", own.Name);
        if (own.Unmarked > 0) return new Refusal("workforce.roll-incomplete", own.Unmarked);
        var before = Leavers.Where(l => l.Successor == team && l.State != Leaving.Over).ToList();
        if (before.Find(l => l.State == Leaving.Preparing) is { } late) return new Refusal("workforce.waits-for", late.Name);
        if (before.Find(l => l.SignedBy == account) is { } same) return new Refusal("workforce.both-by-one", same.Name);
        if (before.Exists(l => l.Number > own.Read)) return new Refusal("workforce.logs-unread", before.Count(l => l.Number > own.Read));
        return With(own with { State = Arriving.OnFloor }).Settled();
    }

    /// <summary>Who takes over finds something wrong: the other leader mends it and signs again.</summary>
    public Outcome<HandoverFlow> SendBack(Guid arriver, Guid leaver)
    {
        if (Leavers.FirstOrDefault(l => l.Team == leaver) is not { } own || own.Successor != arriver) return new Refusal("workforce.side.not-found");
        return own.State != Leaving.Signed ? new Refusal("workforce.not-signed", own.Name) : With(own with { State = Leaving.Preparing, Number = 0, SignedBy = null });
    }

    /// <summary>Somebody with the right to do so lets a team and its leader go.</summary>
    public Outcome<HandoverFlow> LetGo(Guid team)
    {
        if (Leavers.FirstOrDefault(l => l.Team == team) is not { } own) return new Refusal("workforce.side.not-found");
        return own.State == Leaving.Over ? new Refusal("workforce.already-over", own.Name) : With(own with { State = Leaving.Over });
    }

    /// <summary>Another team takes over; only while neither has signed.</summary>
    public Outcome<HandoverFlow> Hand(Guid leaver, Guid successor)
    {
        if (Leavers.FirstOrDefault(l => l.Team == leaver) is not { } own || Arrivers.FirstOrDefault(a => a.Team == successor) is not { } next) return new Refusal("workforce.side.not-found");
        if (own.State > Leaving.Signed) return new Refusal("workforce.already-over", own.Name);
        return next.State == Arriving.OnFloor ? new Refusal("workforce.already-signed", next.Name) : With(own with { Successor = successor });
    }

    /// <summary>The moves as a Mermaid state diagram.</summary>
    public static string Draw()
    {
        var drawn = new StringBuilder("stateDiagram-v2\n    [*] --> Preparing\n    [*] --> Gathering\n");
        foreach (var (from, act, to) in Moves) drawn.Append("    ").Append(from).Append(" --> ").Append(to).Append(": ").Append(act.Replace(":", " –", StringComparison.Ordinal)).Append('\n');
        return drawn.Append("    Over --> [*]\n    OnFloor --> [*]\n").ToString();
    }

    /// <summary>Whether a move from one state to another is among those drawn; tests walk the rules with it.</summary>
    public static bool IsMove(string from, string to) => Moves.Any(m => m.From == from && m.To == to);

    /// <summary>What follows by itself: teams are released whose successor is on the floor and has read their log, leaders whose log everybody who arrives has read.</summary>
    private HandoverFlow Settled()
    {
        var onFloor = Arrivers.Where(a => a.State == Arriving.OnFloor).ToDictionary(a => a.Team, a => a.Read);
        var readByAll = Arrivers.Count == 0 ? int.MaxValue : Arrivers.Min(a => a.Read);
        return this with
        {
            Leavers = [.. Leavers.Select(l => l.State == Leaving.Signed && (l.Successor is not { } next || (onFloor.TryGetValue(next, out var read) && read >= l.Number)) ? l with { State = Leaving.Released } : l)
                .Select(l => l.State == Leaving.Released && readByAll >= l.Number ? l with { State = Leaving.Over } : l)],
        };
    }

    private HandoverFlow With(LeavingTeam changed) => this with { Leavers = [.. Leavers.Select(l => l.Team == changed.Team ? changed : l)] };

    private HandoverFlow With(ArrivingTeam changed) => this with { Arrivers = [.. Arrivers.Select(a => a.Team == changed.Team ? changed : a)] };
}
