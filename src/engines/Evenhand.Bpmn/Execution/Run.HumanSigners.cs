using System.Collections.Immutable;
using System.Globalization;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>Signers added and taken out at run time.</summary>
internal sealed partial class Run
{
    private Refused? Add(HumanTask task, AddSigners add)
    {
        if (add.Signers.IsDefaultOrEmpty || add.Signers.Any(string.IsNullOrWhiteSpace)) return new Refused("person-missing");
        var seat = _nodes.Find(task.Instance)!;
        var whole = Whole(seat);
        var there = _tasks.Span.ToArray().Where(t => Whole(_nodes.Find(t.Instance)!).Id == whole.Id).SelectMany(t => t.After.Append(t.Assignee ?? "")).ToHashSet();
        if (add.Signers.FirstOrDefault(s => !there.Add(s)) is { } twice) return new Refused("signer-already-there", twice);
        if (add.Place == SignerPlace.Beside && whole.Role == NodeRole.Body && LoopOf(whole).Kind == LoopKind.Standard) return new Refused("signers-in-a-loop", task.Node.Id);
        var total = (whole.Repetitions?.Total ?? 1) + add.Signers.Length;
        if (add.Place == SignerPlace.Beside && total > _options.RepetitionLimit)
            return new Refused("loop-number-out-of-bounds", total.ToString(CultureInfo.InvariantCulture), _options.RepetitionLimit.ToString(CultureInfo.InvariantCulture));
        Acted(task, add.Place switch { SignerPlace.Before => "add-before", SignerPlace.After => "add-after", _ => "add-beside" }, string.Join(", ", add.Signers));
        switch (add.Place)
        {
            case SignerPlace.Before:
                Change(task with { WaitsFor = task.WaitsFor + add.Signers.Length, Touched = true });
                foreach (var signer in add.Signers) OpenSigner(seat, signer, [], task.Id);
                break;
            case SignerPlace.After:
                Change(task with { After = add.Signers.AddRange(task.After), Touched = true });
                break;
            default:
                Change(task with { Touched = true });
                Grow(whole, add.Signers);
                break;
        }
        return null;
    }

    private void OpenSigner(NodeInstance seat, string signer, ImmutableArray<string> after, int before)
    {
        if (Draw(seat, signer, added: true) is { } task) Open(task with { After = after, Before = before });
    }

    private void Grow(NodeInstance whole, ImmutableArray<string> signers)
    {
        var body = whole.Role == NodeRole.Body ? whole : Split(whole);
        var old = body.Repetitions!;
        var (next, parallel) = (old.Total + old.Removed, LoopOf(body).Kind == LoopKind.Parallel);
        Set(body with
        {
            Repetitions = old with
            {
                Total = old.Total + signers.Length,
                Started = parallel ? old.Started + signers.Length : old.Started,
                Items = old.Items.IsDefault ? old.Items : old.Items.AddRange(signers.Select(s => Value.Of(s))),
                Added = old.Added.AddRange(signers),
            },
        });
        if (!parallel) return;
        for (var i = signers.Length - 1; i >= 0; i--) _agenda.Push(new Pending(body.Node, null, body.Id, body.Cause, next + i));
    }

    /// <summary>A plain task becomes the first of several: its node instance is the body, with the events on its border, and its tasks move into a repetition.</summary>
    private NodeInstance Split(NodeInstance once)
    {
        var body = Set(once with { Role = NodeRole.Body, Repetitions = new Repetitions(1, 1, 0, default) });
        var first = Spawn(body.Node, body.Id, body.Cause, NodeRole.Repetition);
        Set(first with { LoopCounter = 0 });
        foreach (var task in _tasks.Span.ToArray())
            if (task.Instance == body.Id) Change(task with { Instance = first.Id });
        foreach (var step in _stepRows.Span.ToArray())
            if (step.Within == body.Id) _stepRows.Set(step with { LoopCounter = 0 });
        return body;
    }

    private static string? AddedSigner(Repetitions counters, int index)
    {
        var at = index - (counters.Total + counters.Removed - counters.Added.Length);
        return at >= 0 && at < counters.Added.Length ? counters.Added[at] : null;
    }

    /// <summary>After a signature: the next one added after it, or the task that waited for it. False when the seat is done; a refusal ends it at once.</summary>
    private bool SignersGoOn(HumanTask signed, Vote vote, NodeInstance seat)
    {
        if (vote == Vote.Refuse) return false;
        if (signed.After.Length > 0)
        {
            OpenSigner(seat, signed.After[0], signed.After[1..], signed.Before);
            return true;
        }
        if (_tasks.Find(signed.Before) is not { } waiting) return false;
        Change(waiting with { WaitsFor = waiting.WaitsFor - 1 });
        return true;
    }

    private Refused? Remove(HumanTask task, string? signer)
    {
        if (signer is not null)
            return task.After.Contains(signer) ? Change(task, "remove-signer", task with { After = task.After.Remove(signer) }, signer) : new Refused("signer-unknown", signer);
        var seat = _nodes.Find(task.Instance)!;
        var signed = _stepRows.Find(seat.Cause) is { Before: 0, Task: > 0 } last && last.Within == Whole(seat).Id && last.LoopCounter == seat.LoopCounter ? last : null;
        if (task.Before == 0 && signed is null) return Vacate(task, seat);
        Acted(task, "remove-signer", task.Assignee);
        foreach (var before in SignersBefore(task)) CloseTask(before, Leaving.Cancelled);
        CloseTask(task, Leaving.Cancelled);
        if (!SignersGoOn(task, Vote.None, seat)) EndSeat(seat, signed?.Vote ?? Vote.None);
        return null;
    }

    /// <summary>A whole seat is taken out: one vote less, and those given may now decide.</summary>
    private Refused? Vacate(HumanTask task, NodeInstance seat)
    {
        if (seat.Role != NodeRole.Repetition || _nodes.Find(seat.Parent) is not { Repetitions: { Total: > 1 } counters } body) return new Refused("last-signer", task.Node.Id);
        if (LoopOf(body).Kind == LoopKind.Standard) return new Refused("signers-in-a-loop", task.Node.Id);
        Acted(task, "remove-signer", task.Assignee);
        CancelTree(seat, Leaving.Cancelled);
        body = Set(body with { Repetitions = counters with { Total = counters.Total - 1, Removed = counters.Removed + 1 } });
        var ends = VotesDecide(body);
        if (!ends && LoopOf(body).Condition is { } condition && body.Node.Rules.Vote == Graph.VoteRule.None)
        {
            var found = Evaluate(condition, body.Id);
            if (found.Problem is { } problem)
            {
                Halt(body, problem.Code, Words(condition, problem));
                return null;
            }
            ends = found.Value.AsBoolean && counters.Completed > 0;
        }
        GoOn(body, LoopOf(body), seat.LoopCounter, ends);
        return null;
    }
}
