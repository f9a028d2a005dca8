using System.Collections.Immutable;
using System.Reflection;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Xml;
using Evenhand.Engines.Tests.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.Properties;

/// <summary>Commands of every kind with numbers and names that may or may not mean something.</summary>
internal sealed class Storm(int seed)
{
    private static readonly ConstructorInfo[] Commands =
        [.. typeof(Command).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Command)) && t.IsPublic && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => t.GetConstructors()[0])];

    private static readonly string[] Actors = ["ann", "bo", "cy"];
    private ulong _dice = (ulong)seed;

    /// <summary>Gives a state so many commands, one on the other; each leaves the state before it as it was, and one behind it that can be stored.</summary>
    public static void Over(InstanceState state, int seed, int commands)
    {
        var storm = new Storm(seed);
        var now = Course.Begin.AddHours(1);
        if (state.Status == InstanceStatus.New) state = Engine.Apply(state, new Start { Variables = storm.Variables() }, now).State;
        for (var i = 0; i < commands; i++)
        {
            var command = storm.Next(state);
            var before = StateJson.Write(state);
            Applied applied;
            try
            {
                applied = Engine.Apply(state, command, now, new EngineOptions { StepLimit = 500 });
            }
            catch (Exception thrown)
            {
                throw new InvalidOperationException($"{command} at {System.Text.Encoding.UTF8.GetString(before)} threw {thrown}");
            }
            StateJson.Write(state).ShouldBe(before);
            if (applied.Refusal is not null) applied.State.ShouldBeSameAs(state);
            else applied.State.Version.ShouldBe(state.Version + 1);
            var (stored, problem) = StateJson.Read(StateJson.Write(applied.State), state.Definition);
            problem.ShouldBeNull($"{command} at {System.Text.Encoding.UTF8.GetString(before)} gave {System.Text.Encoding.UTF8.GetString(StateJson.Write(applied.State))}");
            Sameness.Difference(applied.State, stored).ShouldBeNull();
            state = applied.State;
            now = now.AddSeconds(storm.Throw(900));
        }
    }

    /// <summary>Every process of the conformance files that can be run.</summary>
    public static Definition[] ConformanceDefinitions() =>
        [.. Directory.EnumerateFiles(Conformance.Directory, "*.bpmn*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => BpmnFile.Read(File.ReadAllBytes(f)).File).OfType<BpmnFile>()
            .SelectMany(f => Definition.CompileAll(f.Model)).Select(c => c.Definition).OfType<Definition>()];

    private int Throw(int sides)
    {
        _dice = unchecked((_dice * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((_dice >> 33) % (ulong)sides);
    }

    private Command Next(InstanceState state)
    {
        // Half of all commands are the one thing that moves most; an end for good is rare.
        var made = Throw(2) == 0 && state.Tasks.Length > 0 ? new CompleteTask(state.Tasks[Throw(state.Tasks.Length)].Id) { Vote = (Vote)Throw(3) } : Any(state);
        if (made is Cancel or Start && Throw(10) > 0) made = new Resume();
        return made with { Actor = Throw(3) == 0 ? null : Actors[Throw(3)], Variables = Throw(2) == 0 ? null : Variables() };
    }

    private Command Any(InstanceState state)
    {
        var constructor = Commands[Throw(Commands.Length)];
        return (Command)constructor.Invoke([.. constructor.GetParameters().Select(p => new NullabilityInfoContext().Create(p).WriteState == NullabilityState.Nullable && Throw(3) == 0 ? null : Argument(p.ParameterType, p.Name!, state))]);
    }

    private object? Argument(Type type, string name, InstanceState state)
    {
        if (type == typeof(string)) return Text(state);
        if (type == typeof(int)) return Number(name, state);
        if (type == typeof(bool)) return Throw(2) == 0;
        if (type == typeof(ImmutableArray<int>)) return ImmutableArray.CreateRange(Enumerable.Range(0, Throw(3)).Select(_ => Number(name, state)));
        if (type == typeof(ImmutableArray<string>)) return ImmutableArray.CreateRange(Enumerable.Range(0, Throw(3)).Select(_ => Text(state)));
        if (type == typeof(DateTimeOffset)) return Course.Begin.AddMinutes(Throw(10_000));
        if (type.IsEnum) return Enum.GetValues(type).GetValue(Throw(Enum.GetValues(type).Length));
        if (type == typeof(ImmutableDictionary<string, Value>)) return Variables();
        if (Nullable.GetUnderlyingType(type) is { } inner) return Argument(inner, name, state);
        throw new NotSupportedException($"A command has an argument of a new kind, {type.Name}: say here what random values of it are.");
    }

    /// <summary>Mostly a number of the kind the argument's name tells, sometimes any.</summary>
    private int Number(string name, InstanceState state)
    {
        int[] known = Throw(8) == 0 ? [-1, 0, 1, Throw(60), int.MaxValue, int.MinValue] : name switch
        {
            "Task" => [.. state.Tasks.Select(t => t.Id)],
            "Timer" => [.. state.Timers.Select(t => t.Id)],
            "Request" => [.. state.Requests.Select(t => t.Id)],
            "Incident" => [.. state.Incidents.Select(t => t.Id)],
            "Step" => [.. state.Steps.Select(t => t.Id)],
            _ => [.. state.Nodes.Select(t => t.Id), .. state.Arrivals.Select(t => t.Id)],
        };
        return known.Length == 0 ? Throw(60) : known[Throw(known.Length)];
    }

    private string Text(InstanceState state) => Throw(10) switch
    {
        0 or 1 => "",
        2 or 3 => Actors[Throw(3)],
        4 when state.Subscriptions.Length > 0 => state.Subscriptions[Throw(state.Subscriptions.Length)].Name,
        _ => state.Definition.Nodes[Throw(state.Definition.Nodes.Count)].Id,
    };

    private ImmutableDictionary<string, Value> Variables()
    {
        var variables = ImmutableDictionary<string, Value>.Empty;
        for (var i = Throw(3); i >= 0; i--) variables = variables.SetItem(Throw(3) == 0 ? "input" : Course.Variable(Throw(Blocks.Variables)), Throw(4) switch { 0 => "text", 1 => Throw(2) == 0, 2 => Value.Of([1, 2]), _ => Throw(5) });
        return variables;
    }
}
