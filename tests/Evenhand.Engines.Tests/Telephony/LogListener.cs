using System.Text;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Engines.Tests.Telephony;

/// <summary>A visit copied out of the view, comparable.</summary>
internal sealed record HeardVisit(
    string Call, string Caller, int Ordinal, string Queue, string? Agent, long EnteredAt, long? ConnectedAt, long? EndedAt, int? Wait, int? Ring, int? Talk,
    VisitOutcome Outcome, VisitEnd EndedBy, int? OriginalPosition, int RingNoAnswers, bool Reconstructed);

/// <summary>Writes down all that an assembler says.</summary>
internal sealed class LogListener : IQueueLogSink
{
    private readonly AgentStateAssembler<StateList> _states = new(new([]));

    public LogListener() => Assembler = new(this, new(), new());

    public CallAssembler<LogListener> Assembler { get; }
    public List<HeardVisit> Visits { get; } = [];
    public List<(QueueLogFault Fault, long Line)> Faults { get; } = [];
    public List<QueueLogEvent> AgentEvents { get; } = [];

    public IReadOnlyList<string> States
    {
        get
        {
            _states.Flush();
            return [.. _states.Sink.Heard.Select(i =>
                $"{Assembler.Agents[i.Agent]} {i.State}{(i.Reason < 0 ? "" : " " + _states.Reasons[i.Reason])} {i.Start}-{i.End}")];
        }
    }

    public static LogListener Read(string log) => Read(Encoding.UTF8.GetBytes(log), log.Length + 1);

    public static LogListener Read(ReadOnlySpan<byte> log, int chunk)
    {
        var heard = new LogListener();
        var reader = new QueueLogReader<LogListener>(heard.Assembler);
        for (; log.Length > chunk; log = log[chunk..])
            reader.Read(log[..chunk]);
        reader.Read(log);
        reader.EndFile();
        heard.Assembler.Flush();
        return heard;
    }

    public void OnVisit(in CallVisit v) => Visits.Add(new(
        Encoding.UTF8.GetString(v.CallId), Encoding.UTF8.GetString(v.CallerId), v.Ordinal, Assembler.Queues[v.Queue], v.Agent < 0 ? null : Assembler.Agents[v.Agent],
        v.EnteredAt, v.ConnectedAt, v.EndedAt, v.WaitSeconds, v.RingSeconds, v.TalkSeconds, v.Outcome, v.EndedBy, v.OriginalPosition, v.RingNoAnswers, v.Reconstructed));

    public void OnAgentEvent(in AgentEvent agentEvent)
    {
        AgentEvents.Add(agentEvent.Event);
        _states.Accept(in agentEvent);
    }

    public void OnFault(QueueLogFault fault, long lineNumber) => Faults.Add((fault, lineNumber));

    private readonly record struct StateList(List<AgentStateInterval> Heard) : IAgentStateSink
    {
        public void OnState(in AgentStateInterval interval) => Heard.Add(interval);
    }
}

/// <summary>Real data beside the project; tests that need it are skipped, visibly, where it is not.</summary>
internal static class SharedLogs
{
    public static byte[] Read(string path)
    {
        var root = Environment.GetEnvironmentVariable("EVENHAND_SHARED") is { Length: > 0 } named ? Path.Combine(named, "data") : null;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null && root is null; at = at.Parent)
        {
            var near = Path.Combine(at.FullName, "shared", "data");
            if (Directory.Exists(near))
                root = near;
        }
        var file = root is null ? null : Path.Combine(root, path);
        if (!File.Exists(file))
            Assert.Skip($"No shared data: {path}");
        return File.ReadAllBytes(file);
    }
}
