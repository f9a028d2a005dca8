namespace Evenhand.Bpmn.Execution;

/// <summary>Taking back one's own decision while nobody has worked on what followed.</summary>
internal sealed partial class Run
{
    private Refused? Take(Withdraw withdraw)
    {
        if (_command.Actor is not { } actor) return new Refused("actor-missing");
        if (_stepRows.Span.ToArray().LastOrDefault(s => s.Task == withdraw.Task && s.Task > 0) is not { } step) return new Refused(_tasks.Find(withdraw.Task) is null ? "task-gone" : "task-open");
        if (step.Undone) return new Refused("step-undone");
        if ((step.Actor ?? step.Assignee) is { } whose && whose != actor) return new Refused("task-not-yours", whose);
        if (_tasks.Find(step.Before) is { } waiting) return WithdrawBefore(step, waiting);
        if (_nodes.Find(step.Within) is { Role: NodeRole.Body } body) return WithdrawVote(step, body);
        return WithdrawWhole(step);
    }

    /// <summary>A signature given before another's, which is still awaited.</summary>
    private Refused? WithdrawBefore(Step step, HumanTask waiting)
    {
        Undo(step);
        Change(waiting with { WaitsFor = waiting.WaitsFor + 1 });
        OpenSigner(_nodes.Find(waiting.Instance)!, Who(step), [], waiting.Id);
        return null;
    }

    /// <summary>A vote while the others are still being asked.</summary>
    private Refused? WithdrawVote(Step step, NodeInstance body)
    {
        var later = LoopOf(body).Kind == Model.LoopKind.Parallel
            ? _stepRows.Span.ToArray().Where(s => s.Within == body.Id && s.LoopCounter == step.LoopCounter)
            : _stepRows.Span.ToArray().Where(s => s.Within == body.Id);
        if (later.FirstOrDefault(s => s.Id > step.Id && !s.Undone) is { } next) return new Refused("next-step-done", Who(next));
        var seats = Inside(body.Id).FindAll(s => s.LoopCounter == step.LoopCounter || LoopOf(body).Kind != Model.LoopKind.Parallel);
        foreach (var task in _tasks.Span)
            if (task.Touched && seats.Exists(s => s.Id == task.Instance)) return new Refused("next-task-touched", task.Assignee ?? "");
        Undo(step);
        var counted = !seats.Exists(s => s.LoopCounter == step.LoopCounter);
        foreach (var seat in seats) CancelTree(seat, Leaving.Moved);
        var counters = body.Repetitions!;
        if (counted) counters = Count(counters with { Completed = counters.Completed - 1 }, step.Vote, -1);
        if (LoopOf(body).Kind != Model.LoopKind.Parallel)
        {
            // Signers taken out since then are asked again in their turn.
            var between = Math.Max(0, counters.Started - 2 - step.LoopCounter);
            counters = counters with { Started = step.LoopCounter + 1, Total = counters.Total + between, Removed = counters.Removed - between };
        }
        body = Set(body with { Repetitions = counters });
        Give(step.Node!, step.LoopCounter, Who(step));
        StartRepetition(body with { Cause = step.Causes.FirstOrDefault() }, step.LoopCounter);
        return null;
    }

    private Refused? WithdrawWhole(Step step)
    {
        var following = _stepRows.Span.ToArray().Where(s => FollowsFrom(s.Id, step.Id)).ToList();
        if (following.Exists(s => s.LeftTheHouse)) return new Refused("step-left-the-house", step.Node!.Id);
        if (following.Find(s => s.Task > 0 && !s.Undone && s.Id != step.Id) is { } next) return new Refused("next-step-done", Who(next));
        if (Array.Find(_nodes.Span.ToArray(), n => IsAwaitedFrom(n, step.Id)) is { } sentBack) return new Refused("next-step-done", sentBack.ReturnsFor ?? "");
        if (step.LoopCounter >= 0 && _stepRows.Span.ToArray().Any(s => s.Within == step.Within && !s.Undone && s.Id != step.Id)) return new Refused("others-joined");
        if (following.Exists(s => s.Node is null && !s.Undone && s.Causes.Any(c => !FollowsFrom(c, step.Id)))) return new Refused("others-joined");
        var given = Following([step.Id], step.Node!);
        if (given.Count == 0) return new Refused("nothing-to-withdraw");
        if (IsOpen(step.Node!, given)) return new Refused("target-open", step.Node!.Id);
        foreach (var task in _tasks.Span)
            if (task.Touched && FollowsFrom(_nodes.Find(task.Instance)!.Cause, step.Id)) return new Refused("next-task-touched", task.Assignee ?? "");
        if (step.Before > 0 && given is [var only] && _nodes.Find(only) is { Role: NodeRole.Once } seat && seat.Node == step.Node && TaskOf(seat) is { } owner)
        {
            // Who signs after this one has taken the own signature back already, and keeps the task.
            Set(seat with { Cause = step.Causes.FirstOrDefault() });
            return WithdrawBefore(step, owner);
        }
        var back = WayBackOf(step, given);
        // What it went straight back to has been done since: walking on from here would do the other branches twice.
        if (back is null && step.Causes.Length > 1) return new Refused("next-step-done", following.FindLast(s => s.Task > 0 && s.Id != step.Id) is { } since ? Who(since) : "");
        Acted(step, "withdraw");
        if (step.Node!.Loop is null) Give(step.Node, -1, Who(step));
        if (Relocate(given, [new Aim(step.Node, step.Causes.FirstOrDefault(), back)], null) is { } impossible) return impossible;
        foreach (var row in following) _stepRows.Set(_stepRows.Find(row.Id)! with { Undone = true });
        return null;
    }

    /// <summary>Of work that had been sent back to return straight: still the node instance's, or the node it returned to, which is given up now.</summary>
    private WayBack? WayBackOf(Step step, List<int> given)
    {
        if (_nodes.Find(step.Within) is { ReturnsTo: { } to } still) return new WayBack(to, still.ReturnsFor, still.ReturnsBecause);
        if (step.Causes.Length < 2) return null;
        if (given.ConvertAll(_nodes.Find).Find(n => n is { Node.Kind: Model.NodeKind.UserTask, Role: not NodeRole.Repetition }) is not { } returned) return null;
        return returned.ReturnsTo is { } on ? new WayBack(on, returned.ReturnsFor, returned.ReturnsBecause) : new WayBack(returned.Node, TaskOf(returned)?.Assignee, step.Causes[1]);
    }

    private void Undo(Step step)
    {
        Acted(step, "withdraw");
        _stepRows.Set(step with { Undone = true });
    }

    private void Acted(Step step, string what) =>
        Tell(new Recorded(HistoryKind.Acted, step.Node!.Id, step.Within, _now, Actor: _command.Actor, Text: what) { Task = step.Task, Note = (_command as TaskCommand)?.Comment });

    private HumanTask? TaskOf(NodeInstance instance)
    {
        foreach (var task in _tasks.Span)
            if (task.Instance == instance.Id) return task;
        return null;
    }

    private string Who(Step step) => step.Assignee ?? step.Actor ?? _command.Actor ?? "";
}
