using System.Collections.Immutable;

namespace Evenhand.Bpmn.Execution;

/// <summary>What somebody does with a task. Where both the actor and the assignee are known they must be the same (`task-not-yours`), unless the command says otherwise; who may be an administrator is the host's to know.</summary>
/// <param name="Task">Its number.</param>
public abstract record TaskCommand(int Task) : Command
{
    /// <summary>What the person says about it, for the history; null for nothing.</summary>
    public string? Comment { get; init; }
}

/// <summary>A person has done a task. Refused: `task-gone`, `task-not-yours`, `task-delegated`, `task-waits-for-signers`, `vote-missing`.</summary>
/// <param name="Task">Its number.</param>
public sealed record CompleteTask(int Task) : TaskCommand(Task)
{
    /// <summary>What the person decides; must be said where the user task has a rule of voting (`evenhand:vote`).</summary>
    public Vote Vote { get; init; }
}

/// <summary>A person takes a task that nobody has. Refused: `actor-missing`, `task-taken`, `not-a-candidate` where users and no groups are named.</summary>
/// <param name="Task">Its number.</param>
public sealed record Claim(int Task) : TaskCommand(Task);

/// <summary>A person puts a claimed task back for the other candidates. Refused: `task-not-claimed`, `task-delegated`, `task-without-candidates`.</summary>
/// <param name="Task">Its number.</param>
public sealed record Unclaim(int Task) : TaskCommand(Task);

/// <summary>Gives a task to somebody, whoever has it now; ends a delegation.</summary>
/// <param name="Task">Its number.</param>
/// <param name="To">The person; null for nobody.</param>
public sealed record Assign(int Task, string? To) : TaskCommand(Task);

/// <summary>Has somebody else do a task and give it back with <see cref="Resolve"/>; until then it cannot be completed. Refused: `person-missing`, `same-person`.</summary>
/// <param name="Task">Its number.</param>
/// <param name="To">The person.</param>
public sealed record Delegate(int Task, string To) : TaskCommand(Task);

/// <summary>A delegated task is done by the other person and goes back to its owner. Refused: `task-not-delegated`.</summary>
/// <param name="Task">Its number.</param>
public sealed record Resolve(int Task) : TaskCommand(Task);

/// <summary>Hands a task on for good. Refused: `person-missing`, `same-person`, `task-delegated`.</summary>
/// <param name="Task">Its number.</param>
/// <param name="To">The person.</param>
public sealed record Transfer(int Task, string To) : TaskCommand(Task);

/// <summary>A person has opened the task and works on it: the step before can no longer be withdrawn.</summary>
/// <param name="Task">Its number.</param>
public sealed record BeginWork(int Task) : TaskCommand(Task);

/// <summary>Keeps the command's variables with the task, without setting them.</summary>
/// <param name="Task">Its number.</param>
public sealed record SaveDraft(int Task) : TaskCommand(Task);

/// <summary>Passes a task by, as if it were done, whoever has it; signers it waits for are passed by too.</summary>
/// <param name="Task">Its number.</param>
public sealed record SkipTask(int Task) : TaskCommand(Task)
{
    /// <summary>What it counts as; where the user task has a rule of voting and nothing is said: agreed.</summary>
    public Vote Vote { get; init; }
}

/// <summary>Where signers are added.</summary>
public enum SignerPlace
{
    /// <summary>They sign first, in any order; the task waits for all of them.</summary>
    Before,

    /// <summary>They sign when the task is done, one after the other.</summary>
    After,

    /// <summary>They sign beside it: the multi-instance grows, or the task becomes one of several, of which all are needed unless `evenhand:vote` says otherwise.</summary>
    Beside,
}

/// <summary>Adds signers to a task. Refused: `person-missing`, `signer-already-there`, `signers-in-a-loop` beside a task of a standard loop, `loop-number-out-of-bounds`.</summary>
/// <param name="Task">Its number.</param>
/// <param name="Place">Where.</param>
/// <param name="Signers">The people, in order.</param>
public sealed record AddSigners(int Task, SignerPlace Place, ImmutableArray<string> Signers) : TaskCommand(Task);

/// <summary>Takes a signer out again, whoever has the task: the number of votes shrinks, and what the rest decide is looked at anew. Refused: `last-signer`, `signer-unknown`.</summary>
/// <param name="Task">Number of the signer's task; of the task before, when the signer was added after it and has not been asked yet.</param>
/// <param name="Signer">The signer added after the task; null for the task's own.</param>
public sealed record RemoveSigner(int Task, string? Signer = null) : TaskCommand(Task);

/// <summary>How far work is sent back.</summary>
public enum RejectTo
{
    /// <summary>As the user task says (`evenhand:rejectTo`: `previous`, `starter` or a node's id); to the previous step when it says nothing.</summary>
    AsDrawn,

    /// <summary>To the human step before it; where branches met, to the last step of each.</summary>
    Previous,

    /// <summary>To the first step of the one who started the instance; of anybody when that is not known.</summary>
    Starter,

    /// <summary>To a node done earlier.</summary>
    Node,
}

/// <summary>How work that was sent back comes forward again.</summary>
public enum AfterReject
{
    /// <summary>By the process again; whatever had followed from the step is given up, in parallel branches too.</summary>
    WalkAgain,

    /// <summary>Straight to the node and person that sent it back; everything else stays.</summary>
    BackToRejecter,
}

/// <summary>Sends work back. The node is entered anew and its task goes to who did it before. Refused: `no-earlier-step`, `no-step-of-starter`, `move-target-unknown`, `reject-target-not-earlier`, `reject-into-joined-branch`, `reject-back-needs-one-target`, `reject-back-into-multi-instance`, `target-open`, `reject-back-twice` when the work was itself sent back to return straight.</summary>
/// <param name="Task">Number of the task from which it is sent back.</param>
/// <param name="To">How far.</param>
/// <param name="Node">Id of the node, with <see cref="RejectTo.Node"/>; null otherwise.</param>
public sealed record Reject(int Task, RejectTo To = RejectTo.AsDrawn, string? Node = null) : TaskCommand(Task)
{
    /// <summary>How it comes forward again.</summary>
    public AfterReject Then { get; init; }
}

/// <summary>A person takes back a task of theirs that is done, as long as nobody has worked on what followed. Refused: `actor-missing`, `task-gone`, `task-open`, `task-not-yours`, `step-undone`, `step-left-the-house`, `next-step-done`, `next-task-touched`, `others-joined`, `nothing-to-withdraw`, `target-open`.</summary>
/// <param name="Task">Number of the task that was completed.</param>
public sealed record Withdraw(int Task) : TaskCommand(Task);

/// <summary>Sets one token on another node, for administrators. Refused: `node-gone`, `move-target-unknown`.</summary>
/// <param name="Instance">Number of the node instance, or of the token waiting at a join, that is given up; a multi-instance's repetition takes its body with it.</param>
/// <param name="To">Id of the node that is entered.</param>
public sealed record Jump(int Instance, string To) : Command
{
    /// <summary>Why, for the history; null for nothing.</summary>
    public string? Comment { get; init; }
}
