namespace Evenhand.Bpmn.Execution;

/// <summary>What people do with tasks besides doing them.</summary>
internal sealed partial class Run
{
    private static Refused? TakeHuman(Command command) => new("command-unknown", command.GetType().Name);

    private static bool SignersGoOn(HumanTask task, NodeInstance instance) => task.After.Length > 0 && instance.Id == 0;

    private static bool VotesDecide(NodeInstance body) => body.Repetitions is null;
}
