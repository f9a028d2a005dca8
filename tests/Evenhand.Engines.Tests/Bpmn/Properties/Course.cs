using System.Collections.Immutable;
using System.Globalization;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Engines.Tests.Bpmn.Properties;

/// <summary>One run of a random process: what is done next is chosen by a number, and can be chosen again the same.</summary>
internal sealed class Course
{
    public static readonly DateTimeOffset Begin = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, int> _messages = [];
    private readonly Action<InstanceState, Command, DateTimeOffset, Applied>? _looks;
    private ulong _dice;

    public Course(Sub process, int seed, Action<InstanceState, Command, DateTimeOffset, Applied>? looks = null) : this(Drawing.Process(process), seed, looks) => Expected = new Expected(process, Values);

    public Course(Definition definition, int seed, Action<InstanceState, Command, DateTimeOffset, Applied>? looks = null)
    {
        (_dice, _looks, Definition) = ((ulong)seed, looks, definition);
        Values = [.. Enumerable.Range(0, Blocks.Variables).Select(_ => Throw(5))];
        State = InstanceState.New(Definition, "1");
        var variables = ImmutableDictionary<string, Value>.Empty;
        for (var i = 0; i < Values.Length; i++) variables = variables.Add(Variable(i), Values[i]);
        Give(new Start { Variables = variables });
    }

    public Definition Definition { get; }

    public InstanceState State { get; private set; }

    public Expected? Expected { get; }

    public int[] Values { get; }

    public DateTimeOffset Now { get; private set; } = Begin;

    public List<Effect> History { get; } = [];

    public static string Variable(int i) => string.Create(CultureInfo.InvariantCulture, $"v{i}");

    /// <summary>What an instance waits for, as <see cref="Expected.Open"/> says it.</summary>
    public static IEnumerable<string> Open(InstanceState state) =>
        state.Tasks.Select(t => $"task {t.Node.Id}")
            .Concat(state.Timers.Select(t => $"timer {t.Node.Id}"))
            .Concat(state.Subscriptions.Select(s => $"message {s.Node.Id}"))
            .Concat(state.Requests.Select(r => $"service {state.Nodes.First(n => n.Id == r.Instance).Node.Id}"))
            .Order(StringComparer.Ordinal);

    public int Throw(int sides)
    {
        _dice = unchecked((_dice * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((_dice >> 33) % (ulong)sides);
    }

    /// <summary>Does one thing the instance waits for; false when it has ended.</summary>
    public bool Go(bool setsVariables = true)
    {
        if (State.HasEnded) return false;
        var (command, name) = Next();
        if (command is CompleteTask && setsVariables && Throw(3) == 0)
        {
            var (which, value) = (Throw(Blocks.Variables), Throw(5));
            Values[which] = value;
            command = command with { Variables = ImmutableDictionary<string, Value>.Empty.Add(Variable(which), value) };
        }
        Now = Now.AddSeconds(Throw(600));
        if (command is FireTimer && State.Timers.First(t => t.Id == ((FireTimer)command).Timer).Due is var due && due > Now) Now = due;
        Give(command);
        Expected?.Come(name);
        return true;
    }

    public Applied Give(Command command)
    {
        var before = State;
        var applied = Engine.Apply(before, command, Now);
        if (applied.Refusal is { } refusal) throw new InvalidOperationException($"{command} was refused: {refusal.Code}");
        State = applied.State;
        History.AddRange(applied.Effects);
        _looks?.Invoke(before, command, Now, applied);
        return applied;
    }

    /// <summary>Tasks and services twice as often as events, and no message more than twice, so that every run ends.</summary>
    private (Command Command, string Name) Next()
    {
        var work = State.Tasks.Select(t => ((Command)new CompleteTask(t.Id), $"task {t.Node.Id}"))
            .Concat(State.Requests.Select(r => ((Command)new CompleteRequest(r.Id), $"service {State.Nodes.First(n => n.Id == r.Instance).Node.Id}"))).ToList();
        var events = State.Timers.Select(t => ((Command)new FireTimer(t.Id), $"timer {t.Node.Id}"))
            .Concat(State.Subscriptions.Where(s => _messages.GetValueOrDefault(s.Name) < 2).Select(s => ((Command)new Correlate(s.Name) { Subscription = s.Id }, $"message {s.Node.Id}"))).ToList();
        var choose = events.Count == 0 || (work.Count > 0 && Throw(3) > 0) ? work : events;
        var chosen = choose[Throw(choose.Count)];
        if (chosen.Item1 is Correlate message) _messages[message.Name] = _messages.GetValueOrDefault(message.Name) + 1;
        return chosen;
    }
}
