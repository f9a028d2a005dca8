using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Xml;

// Usage: Evenhand.Bench.Bpmn FOLDER SECONDS   (the folder of a.bpmn and b.bpmn; seconds for each line)
// Prints one line a workload: name, instances a second of processor time (or milliseconds for the compiling of 500 nodes): the machine may be shared.
var folder = args[0];
var seconds = double.Parse(args[1], CultureInfo.InvariantCulture);
var now = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
var few = ImmutableDictionary<string, Value>.Empty.Add("amount", 50);
var much = ImmutableDictionary<string, Value>.Empty.Add("amount", 500);

foreach (var name in new[] { "a", "b" })
{
    var definition = Load(File.ReadAllBytes(Path.Combine(folder, $"{name}.bpmn")));
    Measure($"evenhand {name} in memory", i => Play(definition, i, kept: false));
    Measure($"evenhand {name} state written and read each step", i => Play(definition, i, kept: true));
}
var big = Encoding.UTF8.GetBytes(Big(500));
var model = BpmnFile.Read(big).File!.Model;
Best("evenhand 500 nodes: compile ms", () => Definition.Compile(model).Definition!.Nodes.Count);
Best("evenhand 500 nodes: read XML and compile ms", () => Load(big).Nodes.Count);

static Definition Load(byte[] xml) => Definition.Compile(BpmnFile.Read(xml).File!.Model).Definition!;

int Play(Definition definition, int i, bool kept)
{
    var state = InstanceState.New(definition, "i");
    state = Engine.Apply(state, new Start { Variables = i % 2 == 0 ? few : much }, now).State;
    var steps = 1;
    while (!state.HasEnded)
    {
        if (kept) state = StateJson.Read(StateJson.Write(state), definition).State!;
        state = Engine.Apply(state, new CompleteTask(state.Tasks[0].Id), now).State;
        steps++;
    }
    return steps;
}

void Measure(string name, Func<int, int> play)
{
    for (var i = 0; i < 20_000; i++) play(i);
    var best = 0.0;
    for (var round = 0; round < 3; round++)
    {
        var (watch, count, begun) = (Stopwatch.StartNew(), 0, Environment.CpuUsage.TotalTime);
        while (watch.Elapsed.TotalSeconds < seconds)
            for (var i = 0; i < 100; i++, count++) play(count);
        best = Math.Max(best, count / (Environment.CpuUsage.TotalTime - begun).TotalSeconds);
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{best:F0}"));
}

void Best(string name, Func<int> work)
{
    for (var i = 0; i < 20; i++) work();
    var best = double.MaxValue;
    for (var i = 0; i < 10; i++)
    {
        var begun = Environment.CpuUsage.TotalTime;
        for (var j = 0; j < 10; j++) work();
        best = Math.Min(best, (Environment.CpuUsage.TotalTime - begun).TotalMilliseconds / 10);
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{best:F2}"));
}

// Blocks of a fork, two tasks, an inclusive choice and a join, one after the other.
static string Big(int nodes)
{
    var xml = new StringBuilder("<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='t'><process id='big' isExecutable='true'><startEvent id='n0'/>");
    var (count, last, flow) = (1, "n0", 0);
    string Node(string kind, string more = "")
    {
        var id = $"n{count++}";
        xml.Append(CultureInfo.InvariantCulture, $"<{kind} id='{id}' {more}/>");
        return id;
    }
    void Flow(string from, string to, string? condition = null) => xml.Append(CultureInfo.InvariantCulture,
        $"<sequenceFlow id='f{flow++}' sourceRef='{from}' targetRef='{to}'>{(condition is null ? "" : $"<conditionExpression>{condition}</conditionExpression>")}</sequenceFlow>");
    while (count < nodes - 8)
    {
        var fork = Node("inclusiveGateway");
        var join = Node("inclusiveGateway");
        Flow(last, fork);
        for (var i = 0; i < 3; i++)
        {
            var task = Node("userTask", "name='Task'");
            Flow(fork, task, $"${{amount > {count}}}");
            Flow(task, join);
        }
        last = join;
    }
    Flow(last, Node("endEvent"));
    return xml.Append("</process></definitions>").ToString();
}
