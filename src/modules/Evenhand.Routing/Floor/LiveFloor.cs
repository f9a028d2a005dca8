using System.Collections.Immutable;
using System.Threading.Channels;
using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Microsoft.Extensions.Logging;

namespace Evenhand.Routing.Floor;

/// <summary>
/// Runs the floor: one thread takes commands in the order they come, decides in memory, stores what changed in one transaction for many commands, and
/// only then answers and tells. When storing fails nothing has happened: the commands are refused and the floor is read again from the store.
/// </summary>
internal sealed partial class LiveFloor(FloorStore store, FloorLease lease, TimeProvider clock, ILogger<LiveFloor> log) : IFloor
{
    public static Refusal NotRunning { get; } = new("routing.floor-not-running");
    private const int MostAtOnce = 256;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RulesPace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RosterPace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan JumpFrom = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRest = TimeSpan.FromMilliseconds(250);

    /// <summary>How fast the floor's time goes on while the wall clock is behind it.</summary>
    private const double CatchingUp = .9;
    private readonly Channel<Command> commands = Channel.CreateUnbounded<Command>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock listening = new();
    private ImmutableList<Action<FloorChange>> listeners = [];
    private FloorPicture picture = new(default, false, ImmutableDictionary<Guid, FloorAgent>.Empty, ImmutableDictionary<Guid, FloorQueue>.Empty);
    private readonly List<Command> batch = new(MostAtOnce);
    private FloorState? state;
    private long beganAt, steppedAt, rulesAt, rosterAt, leaseAt;
    private DateTimeOffset wall;
    private bool jumped;
    private volatile bool isRunning;

    /// <summary>Whether an agent's phone is known to a telephone system whose line is kept here.</summary>
    public Func<Guid, bool> HasPhone { get; set; } = _ => false;

    /// <summary>Whether a source is such a telephone system.</summary>
    public Func<string, bool> IsPbx { get; set; } = _ => false;

    private abstract record Command
    {
        public abstract void Decide(FloorState state);
        public abstract void Answer();
        public abstract void Refuse(Refusal refusal);
    }

    private sealed record Command<T>(Func<FloorState, Outcome<T>> Act) : Command
    {
        private Outcome<T> outcome;

        public TaskCompletionSource<Outcome<T>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Decide(FloorState state) => outcome = Done.Task.IsCompleted ? NotRunning : Act(state);

        public override void Answer() => Done.TrySetResult(outcome);

        public override void Refuse(Refusal refusal) => Done.TrySetResult(refusal);
    }

    public FloorPicture Now() => picture;

    public IDisposable Listen(Action<FloorChange> changed)
    {
        lock (listening) listeners = listeners.Add(changed);
        return new Listening(this, changed);
    }

    /// <summary>Lets the floor's thread decide something; answered when it is stored.</summary>
    public async Task<Outcome<T>> Do<T>(Func<FloorState, Outcome<T>> act, CancellationToken cancel)
    {
        if (!isRunning) return NotRunning;
        var command = new Command<T>(act);
        commands.Writer.TryWrite(command);
        if (!isRunning) command.Refuse(NotRunning);
        return await command.Done.Task.WaitAsync(cancel);
    }

    /// <summary>The same for what answers nothing but a refusal.</summary>
    public async Task<Outcome<Done>> Do(Func<FloorState, Refusal?> act, CancellationToken cancel) =>
        await Do<Done>(state => act(state) is { } refusal ? refusal : Done.It, cancel);

    /// <summary>Runs while this process may: takes the lease, reads the floor, works until it ends or is lost. After a fault it begins again soon, then ever more slowly.</summary>
    public async Task Run(CancellationToken stop)
    {
        var rest = FirstRest;
        while (!stop.IsCancellationRequested)
        {
            var began = false;
            try
            {
                began = await Begin(stop);
                if (began) await Work(stop);
                rest = FloorLease.Renewal;
            }
            catch (FloorLostException)
            {
                Lost(log);
                rest = FloorLease.Renewal;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                Stopped(log, fault);
                rest = began ? FirstRest : rest * 2 < FloorLease.Renewal ? rest * 2 : FloorLease.Renewal;
            }
            finally
            {
                Close();
            }
            await Task.Delay(rest, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await lease.Release(CancellationToken.None);
    }

    /// <summary>Takes the floor and reads it; false while another process has it.</summary>
    internal async Task<bool> Begin(CancellationToken cancel)
    {
        if (!await lease.Take(cancel)) return false;
        state = await store.Load(clock.GetUtcNow(), cancel);
        (state.HasPhone, state.IsPbx) = (agent => HasPhone(agent), source => IsPbx(source));
        beganAt = steppedAt = rulesAt = rosterAt = leaseAt = clock.GetTimestamp();
        (wall, jumped) = (clock.GetUtcNow(), false);
        Draw();
        isRunning = true;
        return true;
    }

    private async Task Work(CancellationToken stop)
    {
        while (true)
        {
            await Wait(stop);
            stop.ThrowIfCancellationRequested();
            await Step(stop);
        }
    }

    /// <summary>One step: what was asked for so far is decided, stored and answered.</summary>
    internal async Task Step(CancellationToken cancel)
    {
        batch.Clear();
        while (batch.Count < MostAtOnce && commands.Reader.TryRead(out var command)) batch.Add(command);
        try
        {
            await Decide(state!, cancel);
        }
        catch
        {
            // Before anybody is answered: whoever then looks must not see what was not stored as if it went on.
            Close();
            foreach (var command in batch) command.Refuse(new Refusal("routing.floor-not-stored"));
            throw;
        }
    }

    /// <summary>Until there is a command, or time to look what fell due.</summary>
    private async Task Wait(CancellationToken stop)
    {
        var left = Pace - clock.GetElapsedTime(steppedAt);
        if (commands.Reader.TryPeek(out _) || left <= TimeSpan.Zero) return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(commands.Reader.WaitToReadAsync(either.Token).AsTask(), Task.Delay(left, clock, either.Token));
        await either.CancelAsync();
    }

    private async Task Decide(FloorState floor, CancellationToken stop)
    {
        floor.Begin(Moment(floor));
        var isDue = batch.Count == 0 || clock.GetElapsedTime(steppedAt) >= Pace;
        // Before the commands: up to here store and memory say the same of a work item.
        if (isDue) await Periodic(floor, stop);
        foreach (var command in batch) command.Decide(floor);
        if (isDue)
        {
            floor.Tick(jumped);
            (steppedAt, jumped) = (clock.GetTimestamp(), false);
        }
        var step = floor.Take();
        if (step.IsStored)
        {
            await store.Save(step, lease, stop);
            leaseAt = clock.GetTimestamp();
        }
        if (!step.IsEmpty) Show(floor, step);
        foreach (var command in batch) command.Answer();
    }

    /// <summary>The floor's present moment. A wall clock that is set back does not stop it: it goes on a little more slowly until the two meet. After a jump, or when nothing went on for a while, nobody could beat.</summary>
    private DateTimeOffset Moment(FloorState floor)
    {
        var (stamp, now) = (clock.GetTimestamp(), clock.GetUtcNow());
        var passed = clock.GetElapsedTime(beganAt, stamp);
        jumped |= passed > JumpFrom || (now - wall - passed).Duration() > JumpFrom;
        (beganAt, wall) = (stamp, now);
        return now >= floor.Now ? now : floor.Now + (passed * CatchingUp);
    }

    /// <summary>What is looked at now and then: the lease, rules, the roster, and work items changed elsewhere.</summary>
    private async Task Periodic(FloorState floor, CancellationToken stop)
    {
        if (clock.GetElapsedTime(leaseAt) >= FloorLease.Renewal)
        {
            if (!await lease.Take(stop)) throw new FloorLostException();
            leaseAt = clock.GetTimestamp();
        }
        if (clock.GetElapsedTime(rosterAt) >= RosterPace)
        {
            rosterAt = clock.GetTimestamp();
            floor.Apply(await store.Roster(stop));
        }
        if (clock.GetElapsedTime(rulesAt) < RulesPace) return;
        rulesAt = clock.GetTimestamp();
        if (await store.Rules(floor.Rules.Version, stop) is var (rules, zone) && floor.Apply(rules, zone) is { } refusal) RulesRefused(log, refusal.ToString());
        var (items, upto) = await store.Nudged(stop);
        foreach (var item in items) floor.Follow(item);
        floor.Followed(upto);
    }

    /// <summary>Draws the whole picture, when the floor begins.</summary>
    private void Draw()
    {
        var agents = state!.EverybodyOnTheFloor.Select(a => state.Picture(a)).OfType<FloorAgent>().ToImmutableDictionary(a => a.AgentId);
        var queues = state.Rules.Queues.Select(q => state.PictureOfQueue(q.Id)).OfType<FloorQueue>().ToImmutableDictionary(q => q.QueueId);
        picture = new FloorPicture(state.Now, true, agents, queues);
        Tell(new FloorChange(state.Now, agents.Keys.ToHashSet(), queues.Keys.ToHashSet(), agents.Values.Select(a => a.TeamId ?? Guid.Empty).ToHashSet()));
    }

    private void Show(FloorState floor, FloorStep step)
    {
        if (step.RulesChanged)
        {
            Draw();
            return;
        }
        var agents = ((ImmutableDictionary<Guid, FloorAgent>)picture.Agents).ToBuilder();
        foreach (var id in step.Agents)
            if (floor.Picture(id) is { } agent) agents[id] = agent;
            else agents.Remove(id);
        var queues = ((ImmutableDictionary<Guid, FloorQueue>)picture.Queues).ToBuilder();
        foreach (var id in step.Queues)
            if (floor.PictureOfQueue(id) is { } queue) queues[id] = queue;
        picture = new FloorPicture(floor.Now, true, agents.ToImmutable(), queues.ToImmutable());
        Tell(new FloorChange(floor.Now, step.Agents, step.Queues, step.Teams));
    }

    private void Tell(FloorChange change)
    {
        foreach (var listener in listeners)
            try
            {
                listener(change);
            }
            catch (Exception fault)
            {
                ListenerFailed(log, fault);
            }
    }

    private void Close()
    {
        isRunning = false;
        state = null;
        while (commands.Reader.TryRead(out var command)) command.Refuse(NotRunning);
        picture = picture with { IsRunning = false };
    }

    private sealed record Listening(LiveFloor Floor, Action<FloorChange> Listener) : IDisposable
    {
        public void Dispose()
        {
            lock (Floor.listening) Floor.listeners = Floor.listeners.Remove(Listener);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another node has the floor; this one stands by")]
    private static partial void Lost(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "The floor stopped; it is read again from the store")]
    private static partial void Stopped(ILogger log, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "New rules of the floor were not taken: {Refusal}")]
    private static partial void RulesRefused(ILogger log, string refusal);

    [LoggerMessage(Level = LogLevel.Error, Message = "Whoever listens to the floor failed")]
    private static partial void ListenerFailed(ILogger log, Exception fault);
}
