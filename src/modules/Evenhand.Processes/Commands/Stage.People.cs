using Evenhand.Bpmn.Execution;

namespace Evenhand.Processes.Commands;

/// <summary>What people do with a task besides doing it, and what goes wrong with a service, as lines of a rehearsal.</summary>
internal sealed partial class Stage
{
    private const string Somebody = "somebody";

    /// <summary>The command a line asks for at a numbered task or service; null when the line is not understood.</summary>
    private Command? AtChoice(string verb, string[] rest)
    {
        if (rest.Length == 0 || Choice(rest[0]) is not { } choice) return null;
        var instance = rehearsal.Instances.First(i => i.Id == choice.Instance);
        var words = rest[1..];
        if (instance.Tasks.FirstOrDefault(t => t.Instance == choice.Node) is { } task) return AtTask(verb, task, words);
        if (instance.Requests.FirstOrDefault(r => r.Instance == choice.Node) is not { } request || words.Length == 0) return null;
        return verb switch
        {
            "fail" => new FailRequest(request.Id, string.Join(' ', words)),
            "error" => new RaiseError(request.Instance, words[0]),
            _ => null,
        };
    }

    private Command? AtTask(string verb, HumanTask task, string[] words)
    {
        var (word, actor) = (words.Length > 0 ? words[0] : null, task.Assignee ?? Somebody);
        return verb switch
        {
            "claim" when word is not null => new Claim(task.Id) { Actor = word },
            "unclaim" => new Unclaim(task.Id) { Actor = actor },
            "transfer" when word is not null => new Transfer(task.Id, word) { Actor = actor },
            "delegate" when word is not null => new Evenhand.Bpmn.Execution.Delegate(task.Id, word) { Actor = actor },
            "resolve" => new Resolve(task.Id) { Actor = actor },
            "agree" => new CompleteTask(task.Id) { Actor = actor, Vote = Vote.Agree, Variables = Read(words) },
            "refuse" => new CompleteTask(task.Id) { Actor = actor, Vote = Vote.Refuse, Variables = Read(words) },
            "reject" => new Reject(task.Id, word is null ? RejectTo.AsDrawn : RejectTo.Node, word) { Actor = actor },
            "back" => new Reject(task.Id, word is null ? RejectTo.AsDrawn : RejectTo.Node, word) { Actor = actor, Then = AfterReject.BackToRejecter },
            "sign" when word is not null => new AddSigners(task.Id, Place(words), [word]) { Actor = actor },
            "unsign" => new RemoveSigner(task.Id, word) { Actor = actor },
            "skip" => new SkipTask(task.Id) { Actor = actor },
            "error" when word is not null => new RaiseError(task.Instance, word) { Actor = actor },
            _ => null,
        };
    }

    private static SignerPlace Place(string[] words) => words.Length > 1 && words[1] == "before" ? SignerPlace.Before : words.Length > 1 && words[1] == "after" ? SignerPlace.After : SignerPlace.Beside;

    /// <summary>Takes back the decision made last, by whoever made it.</summary>
    private bool Undo()
    {
        for (var i = rehearsal.Log.Count - 1; i >= 0; i--)
            if (rehearsal.Log[i] is { Effect: TaskClosed { Reason: Leaving.Completed } closed } last)
                return Told(rehearsal.Do(last.Instance, new Withdraw(closed.Task.Id) { Actor = closed.Task.Assignee }));
        return Told(new Refused("nothing-to-withdraw"));
    }
}
