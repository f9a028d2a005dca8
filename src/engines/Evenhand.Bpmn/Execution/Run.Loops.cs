using System.Globalization;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>Multi-instance activities and loops: a body with its counters, and repetitions inside it.</summary>
internal sealed partial class Run
{
    private void BeginLoop(NodeInstance body)
    {
        var loop = body.Node.Loop!;
        if (loop.Kind == LoopKind.Standard)
        {
            var most = Count(loop, body, out var stuck);
            if (stuck) return;
            body = Set(body with { Repetitions = new Repetitions(most ?? int.MaxValue, 0, 0, default) });
            if (loop.TestBefore && !LoopGoesOn(body, out stuck)) { if (!stuck) EndLoop(body); }
            else Repeat(body, 0);
            return;
        }
        var items = Collect(loop, body, out var bad);
        if (bad) return;
        var total = loop.Cardinality is not null ? Count(loop, body, out bad) : items.IsDefault ? null : items.Length;
        if (bad) return;
        if (total is not { } count)
        {
            Halt(body, "loop-without-number", [body.Node.Id]);
            return;
        }
        if (count < 0 || count > _options.RepetitionLimit)
        {
            Halt(body, "loop-number-out-of-bounds", [count.ToString(CultureInfo.InvariantCulture), _options.RepetitionLimit.ToString(CultureInfo.InvariantCulture)]);
            return;
        }
        body = Set(body with { Repetitions = new Repetitions(count, loop.Kind == LoopKind.Parallel ? count : 0, 0, items) });
        if (count == 0 && body.Node.Rules.Empty.Action != RuleAction.Open) NobodyToAsk(body);
        else if (count == 0) EndLoop(body);
        else if (loop.Kind == LoopKind.Sequential) Repeat(body, 0);
        else
            for (var i = count - 1; i >= 0; i--) _agenda.Push(new Pending(body.Node, null, body.Id, body.Cause, i));
    }

    private int? Count(GraphLoop loop, NodeInstance body, out bool stuck)
    {
        stuck = false;
        if (loop.Cardinality is null) return null;
        var found = Evaluate(loop.Cardinality, body.Id);
        var value = found.Value.Kind == ValueKind.Text && decimal.TryParse(found.Value.AsText, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : found.Value;
        stuck = found.Problem is not null || value.Kind != ValueKind.Number || decimal.Truncate(value.AsNumber) != value.AsNumber || Math.Abs(value.AsNumber) > int.MaxValue;
        if (!stuck) return (int)value.AsNumber;
        if (found.Problem is { } problem) Halt(body, problem.Code, Words(loop.Cardinality, problem));
        else Halt(body, "loop-number-not-whole", [loop.Cardinality.Text, found.Value.ToString()]);
        return null;
    }

    private System.Collections.Immutable.ImmutableArray<Value> Collect(GraphLoop loop, NodeInstance body, out bool stuck)
    {
        stuck = false;
        if (loop.Collection is null) return default;
        var found = Evaluate(loop.Collection, body.Id);
        if (found.Problem is null && found.Value.Kind == ValueKind.List) return found.Value.AsList;
        stuck = true;
        if (found.Problem is { } problem) Halt(body, problem.Code, Words(loop.Collection, problem));
        else Halt(body, "loop-collection-not-list", [loop.Collection.Text]);
        return default;
    }

    private NodeInstance Set(NodeInstance instance)
    {
        _nodes.Set(instance);
        return instance;
    }

    private void Repeat(NodeInstance body, int index)
    {
        Set(body with { Repetitions = body.Repetitions! with { Started = Math.Max(body.Repetitions.Started, index + 1) } });
        _agenda.Push(new Pending(body.Node, null, body.Id, body.Cause, index));
    }

    private void StartRepetition(NodeInstance body, int index)
    {
        var repetition = Spawn(body.Node, body.Id, body.Cause, NodeRole.Repetition);
        repetition = Set(repetition with { LoopCounter = index });
        var items = body.Repetitions!.Items;
        if (!items.IsDefault && LoopOf(body).ElementVariable is { } name && index < items.Length) repetition = SetLocal(repetition, name, items[index]);
        if (AddedSigner(body.Repetitions, index) is { } signer) Give(body.Node, index, signer, added: true);
        Behave(repetition);
    }

    private void EndRepetition(NodeInstance repetition)
    {
        var body = _nodes.Find(repetition.Parent)!;
        var loop = LoopOf(body);
        var before = body.Repetitions!;
        var counters = before with { Completed = before.Completed + 1 };
        if (loop.OutputCollection is not null && loop.OutputElement is not null)
        {
            var result = Evaluate(loop.OutputElement, repetition.Id);
            if (result.Problem is { } problem)
            {
                Halt(repetition, problem.Code, Words(loop.OutputElement, problem), Stuck.HandingOut);
                return;
            }
            var results = counters.Results;
            while (results.Length <= repetition.LoopCounter) results = results.Add(Value.Null);
            counters = counters with { Results = results.SetItem(repetition.LoopCounter, result.Value) };
        }
        body = Set(body with { Repetitions = counters, Cause = Merge(body.Cause, repetition.Cause) });
        var ends = false;
        if (loop.Kind != LoopKind.Standard && loop.Condition is not null && body.Node.Rules.Vote == VoteRule.None)
        {
            var found = Evaluate(loop.Condition, repetition.Id);
            if (found.Problem is { } problem)
            {
                Set(_nodes.Find(body.Id)! with { Repetitions = before });
                Halt(repetition, problem.Code, Words(loop.Condition, problem), Stuck.HandingOut);
                return;
            }
            ends = found.Value.AsBoolean;
        }
        Remember(repetition, body.Id);
        Detach(repetition.Id);
        Leave(repetition, Leaving.Completed, _command.Actor);
        GoOn(body, loop, repetition.LoopCounter, ends || VotesDecide(body));
    }

    private void GoOn(NodeInstance body, GraphLoop loop, int last, bool ends)
    {
        var counters = body.Repetitions!;
        if (loop.Kind == LoopKind.Standard) ends = last + 1 >= counters.Total || !LoopGoesOn(body, out _);
        else ends |= counters.Completed >= counters.Total;
        if (_nodes.Find(body.Id) is null) return;
        if (ends) EndLoop(body);
        else if (loop.Kind != LoopKind.Parallel && counters.Started < counters.Total + counters.Removed) Repeat(body, counters.Started);
    }

    private bool LoopGoesOn(NodeInstance body, out bool stuck)
    {
        stuck = false;
        if (body.Node.Loop!.Condition is not { } condition) return true;
        var found = Evaluate(condition, body.Id);
        stuck = found.Problem is not null;
        if (found.Problem is { } problem) Halt(body, problem.Code, Words(condition, problem));
        return found.Value.AsBoolean;
    }

    private void EndLoop(NodeInstance body)
    {
        foreach (var open in Inside(body.Id)) CancelTree(open, Leaving.Cancelled);
        var loop = LoopOf(body);
        if (loop.OutputCollection is { } name) SetAt(body.Parent, name, Value.Of(body.Repetitions!.Results));
        Close(_nodes.Find(body.Id)!);
    }
}
