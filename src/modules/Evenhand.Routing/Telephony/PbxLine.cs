using System.Net.Sockets;
using System.Threading.Channels;
using Evenhand.Telephony.Live;
using Evenhand.Telephony.QueueLogs;
using Microsoft.Extensions.Logging;

namespace Evenhand.Routing.Telephony;

/// <summary>What a line heard, in order: facts, and the lines of a log they make.</summary>
internal sealed record PbxHeard(IReadOnlyList<PbxFact> Facts, IReadOnlyList<string> Lines);

/// <summary>What a full state showed: queues, and members with their names in the log.</summary>
internal sealed record PbxSeen(IReadOnlyList<string> Queues, IReadOnlyList<(string Member, string Name)> Members);

/// <summary>How a line stands. The fault is the last there was, also when it is over.</summary>
internal sealed record LineState(bool IsConnected, DateTimeOffset? ConnectedSince, DateTimeOffset? FullStateAt, long Ghosts, long Unseen, long Deviations, string? Fault, string? FaultDetail,
    DateTimeOffset? FaultAt, DateTimeOffset? RetryAt)
{
    public static LineState Begun { get; } = new(false, null, null, 0, 0, 0, null, null, null, null);
}

/// <summary>
/// Keeps one connection to a telephone system: opens it, carries bytes between the socket and the conversation, lets time pass in it, and after any end opens it anew, soon at first and then
/// more slowly. All of the conversation happens on the one loop of <see cref="Run"/>; what others want of it is posted there.
/// </summary>
/// <param name="talk">The conversation.</param>
/// <param name="keeper">Who is paused and should be.</param>
/// <param name="endpoint">Where the system is.</param>
/// <param name="hear">Takes what was heard; returns at once.</param>
/// <param name="clock">The time.</param>
/// <param name="chance">For the pauses between attempts.</param>
/// <param name="log">Where a fault of the program is told.</param>
internal sealed partial class PbxLine(PbxTalk talk, PauseKeeper keeper, (string Host, int Port) endpoint, Action<PbxHeard> hear, TimeProvider clock, Random chance, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Longest = TimeSpan.FromSeconds(30), AfterRefusal = TimeSpan.FromMinutes(1), Steady = TimeSpan.FromSeconds(10), Farewell = TimeSpan.FromSeconds(3),
        Beat = TimeSpan.FromSeconds(1);
    private readonly Channel<Action<DateTimeOffset>> inbox = Channel.CreateUnbounded<Action<DateTimeOffset>>();
    private readonly Dictionary<string, List<TaskCompletionSource<PbxAnswer?>>> asked = [];
    private long fullStates;
    private volatile LineState state = LineState.Begun;
    private volatile PbxSeen seen = new([], []);

    public LineState State => state;

    /// <summary>The queues and members at the last full state; empty before the first.</summary>
    public PbxSeen Seen => seen;

    /// <summary>The pause before the next attempt after so many that failed in a row: it doubles, and no two are alike.</summary>
    public static TimeSpan PauseAfter(int failures, SessionEnd? end, double chance)
    {
        var full = end == SessionEnd.Refused ? AfterRefusal : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Clamp(failures - 1, 0, 10))));
        return full * (0.5 + chance / 2);
    }

    /// <summary>Keeps the line until it is told to end.</summary>
    public async Task Run(CancellationToken cancel)
    {
        for (var failures = 0; !cancel.IsCancellationRequested;)
        {
            var (end, fault, detail) = await Connect(cancel);
            if (cancel.IsCancellationRequested) break;
            var now = clock.GetUtcNow();
            failures = state.ConnectedSince is { } since && now - since >= Steady ? 1 : failures + 1;
            var retryAt = now + PauseAfter(failures, end, chance.NextDouble());
            state = state with { IsConnected = false, ConnectedSince = null, Fault = fault, FaultDetail = detail, FaultAt = now, RetryAt = retryAt };
            while (!cancel.IsCancellationRequested && clock.GetUtcNow() < retryAt) await Wait(retryAt - clock.GetUtcNow(), null, cancel);
        }
        inbox.Writer.Complete();
        Answer();
    }

    /// <summary>Gives an order and waits for what becomes of it; null when the line is not connected.</summary>
    public Task<PbxAnswer?> Order(PbxOrder order) => Post((now, answer) => Ask(talk.Send(order, now), answer));

    /// <summary>Lets a member have a queue's calls. No answer means that the line is not connected, or that the member is none of the queue's.</summary>
    public async Task<(bool IsMember, PbxAnswer? Answer)> Offer(string call, string queue, string member)
    {
        var isMember = true;
        var answer = await Post((now, answer) =>
        {
            if (!talk.IsReady || talk.IsInDoubt) answer.TrySetResult(null);
            else if (!(isMember = keeper.Offer(call, queue, member))) answer.TrySetResult(null);
            else
            {
                Give(now);
                if (keeper.UnderWay(queue, member) is { } id) Ask(id, answer);
                else answer.TrySetResult(new PbxAnswer("", CommandOutcome.Done, null));
            }
        });
        return (isMember, answer);
    }

    /// <summary>Tells the keeper something; what follows from it is ordered when the line is connected.</summary>
    public void Tell(Action<PauseKeeper> what) => inbox.Writer.TryWrite(_ => what(keeper));

    /// <summary>Lets go of all who were only kept back, and waits until that is done or hopeless.</summary>
    public async Task LetGo()
    {
        Tell(k => k.LetGo());
        for (var waited = TimeSpan.Zero; waited < Farewell && state.IsConnected; waited += Beat / 10)
        {
            var left = 0;
            await Post((now, answer) =>
            {
                Give(now);
                left = keeper.OrdersUnderWay;
                answer.TrySetResult(null);
            });
            if (left == 0) return;
            await Task.Delay(Beat / 10, clock);
        }
    }

    private async Task<(SessionEnd? End, string Fault, string? Detail)> Connect(CancellationToken cancel)
    {
        using var client = new TcpClient { NoDelay = true };
        try
        {
            using var late = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
            await client.ConnectAsync(endpoint.Host, endpoint.Port, either.Token);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            return (null, "unreachable", fault is SocketException told ? told.SocketErrorCode.ToString() : "TimedOut");
        }
        try
        {
            talk.Open(clock.GetUtcNow());
            await Converse(client.GetStream(), cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Failed(log, endpoint.Host, endpoint.Port, fault);
            return (null, "program", fault.GetType().Name);
        }
        finally
        {
            Close();
        }
        return (talk.Ended, FaultOf(talk.Ended), talk.EndedWith);
    }

    private async Task Converse(NetworkStream stream, CancellationToken cancel)
    {
        var buffer = new byte[16_384];
        Task<int>? reading = null;
        while (talk.IsOpen && !cancel.IsCancellationRequested)
        {
            if (!await Write(stream, cancel)) return;
            reading ??= Read(stream, buffer, cancel);
            var now = clock.GetUtcNow();
            var due = (talk.NextTick ?? now) - now;
            await Wait(due < TimeSpan.Zero ? TimeSpan.Zero : due < Beat ? due : Beat, reading, cancel);
            now = clock.GetUtcNow();
            if (reading.IsCompleted)
            {
                var read = await reading;
                reading = null;
                if (read == 0) return;
                talk.Receive(buffer.AsSpan(0, read), now);
            }
            talk.Tick(now);
            Take(now);
        }
    }

    /// <summary>Waits for bytes, for a moment or for somebody who wants something, and does what is wanted.</summary>
    private async Task Wait(TimeSpan longest, Task<int>? reading, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var (passing, wanted) = (Task.Delay(longest, clock, over.Token), inbox.Reader.WaitToReadAsync(over.Token).AsTask());
        await Task.WhenAny(reading is null ? [passing, wanted] : [reading, passing, wanted]);
        await over.CancelAsync();
        Answer();
    }

    private void Answer()
    {
        while (inbox.Reader.TryRead(out var wanted)) wanted(clock.GetUtcNow());
    }

    private async Task<bool> Write(NetworkStream stream, CancellationToken cancel)
    {
        var bytes = talk.TakeOutput();
        if (bytes.Length == 0) return true;
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            await stream.WriteAsync(bytes, either.Token);
            return true;
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<int> Read(NetworkStream stream, byte[] buffer, CancellationToken cancel)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancel);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return 0;
        }
    }

    /// <summary>Passes on what the conversation brought and gives the orders that follow from it.</summary>
    private void Take(DateTimeOffset now)
    {
        foreach (var answer in talk.TakeAnswers())
        {
            keeper.Answered(answer.Id, answer.Outcome, now);
            if (asked.Remove(answer.Id, out var waiting)) waiting.ForEach(w => w.TrySetResult(answer));
        }
        var facts = talk.TakeFacts();
        if (facts.Count > 0) Hear(facts);
        if (talk.FullStates != fullStates)
        {
            var status = talk.Status(now);
            (fullStates, seen) = (talk.FullStates, new([.. status.Queues.Select(q => q.Queue)], [.. status.Members.Select(m => m.Member).Distinct().Select(m => (m, talk.NameOf(m)))]));
            state = state with { FullStateAt = now };
        }
        if (talk.IsReady != state.IsConnected) state = state with { IsConnected = talk.IsReady, ConnectedSince = talk.IsReady ? now : null, RetryAt = null };
        Give(now);
    }

    private void Hear(IReadOnlyList<PbxFact> facts)
    {
        var lines = new List<string>();
        foreach (var fact in facts)
        {
            keeper.Hear(fact);
            var told = fact is MemberPaused { Reason: null } paused && !talk.PausesByQueue ? paused with { Reason = keeper.ReasonOf(paused.Member) } : fact;
            if (QueueLogWriter.Line(told, talk.NameOf) is { } line) lines.Add(line);
        }
        state = state with
        {
            Ghosts = state.Ghosts + facts.Count(f => f is CallVanished { Told: PbxTold.Status }), Unseen = state.Unseen + facts.OfType<UnseenCounted>().Sum(u => u.Completed + u.Left),
            Deviations = keeper.Deviations,
        };
        hear(new PbxHeard(facts, lines));
    }

    private void Give(DateTimeOffset now)
    {
        // Before a full state of this connection what is known of the members may be old.
        if (!talk.IsReady || talk.IsInDoubt) return;
        foreach (var order in keeper.Due(now))
            if (talk.Send(order, now) is { } id) keeper.Sent(order, id, now);
    }

    private void Close()
    {
        var now = clock.GetUtcNow();
        talk.Disconnect(now);
        var since = state.ConnectedSince;
        Take(now);
        keeper.Disconnect();
        foreach (var waiting in asked.Values.SelectMany(w => w)) waiting.TrySetResult(null);
        asked.Clear();
        state = state with { IsConnected = false, ConnectedSince = since };
    }

    private Task<PbxAnswer?> Post(Action<DateTimeOffset, TaskCompletionSource<PbxAnswer?>> act)
    {
        var answer = new TaskCompletionSource<PbxAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!inbox.Writer.TryWrite(now => act(now, answer))) answer.TrySetResult(null);
        return answer.Task;
    }

    private void Ask(string? id, TaskCompletionSource<PbxAnswer?> answer)
    {
        if (id is null) answer.TrySetResult(null);
        else if (asked.TryGetValue(id, out var others)) others.Add(answer);
        else asked[id] = [answer];
    }

    private static string FaultOf(SessionEnd? end) => end switch
    {
        SessionEnd.Refused => "refused",
        SessionEnd.Silent => "silent",
        SessionEnd.WrongProtocol => "wrong-protocol",
        _ => "disconnected",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The line to {Host}:{Port} failed; it is opened anew")]
    private static partial void Failed(ILogger log, string host, int port, Exception fault);
}
