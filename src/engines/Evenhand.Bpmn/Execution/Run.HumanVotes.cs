using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Bpmn.Execution;

/// <summary>Votes of several signers: what decides, how soon, and how the process learns of it.</summary>
internal sealed partial class Run
{
    /// <summary>Signers added to a plain task, beside its own.</summary>
    private static readonly GraphLoop CoSigners = new(Model.LoopKind.Parallel, null, null, null, null, false, null, null);

    private static GraphLoop LoopOf(NodeInstance body) => body.Node.Loop ?? CoSigners;

    /// <summary>One signer's seat is done: its task and all added before and after it.</summary>
    private void EndSeat(NodeInstance seat, Vote vote)
    {
        foreach (var open in _tasks.Span.ToArray())
            if (open.Instance == seat.Id) CloseTask(open, Leaving.Cancelled);
        if (vote != Vote.None && seat.Role == NodeRole.Once) Decide(seat, vote);
        if (vote != Vote.None && seat.Role == NodeRole.Repetition)
        {
            var body = _nodes.Find(seat.Parent)!;
            Set(body with { Repetitions = Count(body.Repetitions!, vote, 1) });
        }
        Done(_nodes.Find(seat.Id)!);
    }

    private static Repetitions Count(Repetitions counters, Vote vote, int by) => vote switch
    {
        Vote.Agree => counters with { Agreed = counters.Agreed + by },
        Vote.Refuse => counters with { Refused = counters.Refused + by },
        _ => counters,
    };

    private bool VotesDecide(NodeInstance body)
    {
        if (Verdict(body) is not { } vote) return false;
        Decide(body, vote);
        return true;
    }

    /// <summary>What the votes come to, as soon as those still open cannot change it; null before, and where the file's own condition rules.</summary>
    private static Vote? Verdict(NodeInstance body)
    {
        var (counters, rules) = (body.Repetitions!, body.Node.Rules);
        if (rules.Veto && counters.Refused > 0) return Vote.Refuse;
        return rules.Vote switch
        {
            VoteRule.All => counters.Refused > 0 ? Vote.Refuse : counters.Agreed >= counters.Total ? Vote.Agree : null,
            VoteRule.Any => counters.Agreed > 0 ? Vote.Agree : counters.Refused >= counters.Total ? Vote.Refuse : null,
            VoteRule.Ratio when counters.Agreed * rules.Of >= rules.Share * counters.Total => Vote.Agree,
            VoteRule.Ratio when (counters.Total - counters.Refused) * rules.Of < rules.Share * counters.Total => Vote.Refuse,
            VoteRule.None when body.Node.Loop is null && counters.Completed >= counters.Total && counters.Agreed + counters.Refused > 0 => counters.Refused > 0 ? Vote.Refuse : Vote.Agree,
            _ => null,
        };
    }

    /// <summary>The decision, as a variable for the conditions that follow: `NODE_outcome`, `agreed` or `refused`; local to the repetition around the node, if there is one.</summary>
    private void Decide(NodeInstance decided, Vote vote)
    {
        var at = _nodes.Find(decided.Parent)!;
        while (at is { Parent: >= 0, Role: not NodeRole.Repetition }) at = _nodes.Find(at.Parent)!;
        var name = string.Create(decided.Node.Id.Length, decided.Node.Id, static (to, id) =>
        {
            for (var i = 0; i < id.Length; i++) to[i] = char.IsLetterOrDigit(id[i]) ? id[i] : '_';
        });
        SetLocal(at, $"{name}_outcome", vote == Vote.Agree ? "agreed" : "refused");
    }
}
