namespace Evenhand.Bpmn.Execution;

/// <summary>What people do with tasks besides doing them.</summary>
internal sealed partial class Run
{
    private Refused? TakeHuman(Command command) => command switch
    {
        Claim claim => Take(claim),
        _ => new Refused("command-unknown", command.GetType().Name),
    };

    private Refused? Take(Claim claim)
    {
        if (_tasks.Find(claim.Task) is not { } task) return new Refused("task-gone");
        if (_command.Actor is not { } actor) return new Refused("actor-missing");
        if (task.Assignee is { } other && other != actor) return new Refused("task-taken", other);
        _tasks.Set(task = task with { Assignee = actor, Touched = true });
        Tell(new TaskChanged(task));
        return null;
    }

    private static bool SignersGoOn(HumanTask task, NodeInstance instance) => task.After.Length > 0 && instance.Id == 0;

    private static bool VotesDecide(NodeInstance body) => body.Repetitions is null;
}
