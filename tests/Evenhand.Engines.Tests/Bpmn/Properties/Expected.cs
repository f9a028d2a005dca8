namespace Evenhand.Engines.Tests.Bpmn.Properties;

/// <summary>What a process should do, told from its blocks alone, without graph, tokens or joins: the measure the engine is held to.</summary>
internal sealed class Expected
{
    private readonly List<Wait> _waits = [];
    private readonly int[] _variables;

    public Expected(Sub process, int[] variables)
    {
        _variables = variables;
        Within(process, "r", new Scope(null), () => HasEnded = true);
    }

    public bool HasEnded { get; private set; }

    /// <summary>Something was stopped by an event.</summary>
    public bool HasInterrupted { get; private set; }

    /// <summary>What is waited for, as `task r0`, in order.</summary>
    public IEnumerable<string> Open => _waits.Where(w => w.Scope.IsAlive).Select(w => w.Name).Order(StringComparer.Ordinal);

    /// <summary>One thing that is waited for has come.</summary>
    public void Come(string name)
    {
        _waits.RemoveAll(w => !w.Scope.IsAlive);
        var at = _waits.FindIndex(w => w.Name == name);
        var wait = _waits[at];
        if (wait.Left == 1) _waits.RemoveAt(at);
        else _waits[at] = wait with { Left = wait.Left - 1 };
        wait.Then();
    }

    /// <summary>What ends together; its tokens are the ways through it that have not ended.</summary>
    private sealed class Scope(Scope? around)
    {
        private bool _stopped;

        public int Tokens { get; set; } = 1;

        /// <summary>One way through it has ended.</summary>
        public Action End { get; set; } = () => { };

        public bool IsAlive => !_stopped && around?.IsAlive != false;

        public void Stop() => _stopped = true;
    }

    private sealed record Wait(string Name, Scope Scope, Action Then, int Left = 1);

    private void Await(string name, Scope scope, Action then, int times = 1) => _waits.Add(new(name, scope, then, times));

    private void Within(Sub sub, string path, Scope scope, Action then)
    {
        var content = new Scope(scope);
        scope.End = () =>
        {
            if (--scope.Tokens > 0) return;
            scope.Stop();
            then();
        };
        if (sub.Listener is { } listener)
        {
            var listens = new Scope(scope);
            Await($"{(listener.ByMessage ? "message" : "timer")} {path}_l_s", listens, () =>
            {
                HasInterrupted |= listener.Interrupts;
                if (listener.Interrupts)
                {
                    content.Stop();
                    listens.Stop();
                    scope.Tokens = 0;
                }
                scope.Tokens++;
                Await($"task {path}_l_u", scope, scope.End);
            }, listener.Interrupts ? 1 : listener.ByMessage ? -1 : listener.Times);
        }
        Do(sub.Body, $"{path}0", content, scope, scope.End);
    }

    /// <summary>Does a block; `around` is the sub-process in whose end it has a part.</summary>
    private void Do(Block block, string path, Scope scope, Scope around, Action then)
    {
        switch (block)
        {
            case User user:
                Sign(user.Times ?? 1, user.Sequential, path, scope, then);
                break;
            case Pass:
                then();
                break;
            case Ask:
                Await($"service {path}", scope, then);
                break;
            case Race:
                var race = new Scope(scope);
                foreach (var name in new[] { $"timer {path}_t", $"message {path}_m" }) Await(name, race, () => { race.Stop(); then(); });
                break;
            case Sequence sequence:
                Next(0);
                void Next(int i)
                {
                    if (i == sequence.Blocks.Count) then();
                    else Do(sequence.Blocks[i], path + (char)('a' + i), scope, around, () => Next(i + 1));
                }
                break;
            case Choice choice:
                Together([Holding(choice.Conditions).FirstOrDefault(choice.Branches.Count - 1)], choice.Branches);
                break;
            case Some some:
                Together([.. Holding(some.Conditions).DefaultIfEmpty(some.Branches.Count - 1)], some.Branches);
                break;
            case All all:
                Together([.. Enumerable.Range(0, all.Branches.Count)], all.Branches);
                break;
            case Loop loop:
                Again(1);
                void Again(int round) => Do(loop.Body, $"{path}0", scope, around, () =>
                {
                    if (round < loop.Times) Again(round + 1);
                    else then();
                });
                break;
            case Sub sub:
                Within(sub, path, new Scope(scope), then);
                break;
            case Timed timed:
                Late(timed, path, scope, around, then);
                break;
            default:
                throw new NotSupportedException(block.GetType().Name);
        }

        void Together(List<int> chosen, IReadOnlyList<Block> branches)
        {
            var open = chosen.Count;
            foreach (var i in chosen)
                Do(branches[i], $"{path}{i}", scope, around, () =>
                {
                    if (--open == 0) then();
                });
        }
    }

    private IEnumerable<int> Holding(IReadOnlyList<Below> conditions)
    {
        for (var i = 0; i < conditions.Count; i++)
            if (_variables[conditions[i].Variable] < conditions[i].Limit) yield return i;
    }

    private void Sign(int times, bool sequential, string path, Scope scope, Action then)
    {
        var left = times;
        if (left == 0) then();
        for (var i = 0; i < (sequential ? Math.Min(1, times) : times); i++) Await($"task {path}", scope, Signed);

        void Signed()
        {
            if (--left == 0) then();
            else if (sequential) Await($"task {path}", scope, Signed);
        }
    }

    private void Late(Timed timed, string path, Scope scope, Scope around, Action then)
    {
        var host = new Scope(scope);
        Await($"timer {path}_t", host, () =>
        {
            HasInterrupted |= timed.Interrupts;
            if (timed.Interrupts)
            {
                host.Stop();
                Await($"task {path}_u", scope, then);
                return;
            }
            around.Tokens++;
            Await($"task {path}_u", scope, around.End);
        }, timed.Interrupts ? 1 : timed.Times);
        Do(timed.Host, $"{path}0", host, around, () =>
        {
            host.Stop();
            then();
        });
    }
}
