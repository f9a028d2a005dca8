namespace Evenhand.Bpmn.Execution;

/// <summary>What the engine needs to know of the centre.</summary>
public sealed record EngineOptions
{
    /// <summary>UTC, 100,000 nodes a command.</summary>
    public static EngineOptions Default { get; } = new();

    /// <summary>The zone of cron expressions and of dates without one.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How many nodes one command may enter, and conditions come true in it, before its tokens are stopped as stuck; at least 1.</summary>
    public int StepLimit { get; init; } = 100_000;

    /// <summary>How many repetitions a multi-instance may have; at least 1.</summary>
    public int RepetitionLimit { get; init; } = 10_000;
}

/// <summary>Executes BPMN: a pure function from a state and a command to a new state and what the host should do.</summary>
public static class Engine
{
    internal const string DeadJoin = "join-never-fires";

    /// <summary>Takes a command: moves tokens until every one of them waits, ends or is stuck.</summary>
    /// <param name="state">The instance as it is; never changed.</param>
    /// <param name="command">What is to happen.</param>
    /// <param name="now">The present moment; timers and histories count from it.</param>
    /// <param name="options">Zone and limits; <see cref="EngineOptions.Default"/> when null.</param>
    /// <returns>The new state and the effects in order; or the old state and a refusal. A fault of the process (an unknown variable, no flow to take) is an incident in the new state, not a refusal.</returns>
    public static Applied Apply(InstanceState state, Command command, DateTimeOffset now, EngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        var run = new Run(state, command, now, options ?? EngineOptions.Default);
        return run.Take() is { } refusal ? new Applied(state, [], refusal) : run.Finish();
    }
}
