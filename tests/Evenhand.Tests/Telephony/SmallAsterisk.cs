using System.Globalization;
using System.Threading.Channels;

namespace Evenhand.Tests.Telephony;

/// <summary>
/// An Asterisk of queues and members that answers its manager interface as the real one does: a caller who waits rings the first member who is idle and not paused; the test picks up, lets ring
/// and hangs up. It goes on by itself when connections are cut.
/// </summary>
public sealed class SmallAsterisk : IAsyncDisposable
{
    private readonly Lock step = new();
    private readonly List<(string Queue, string Member)> members = [];
    private readonly Dictionary<(string Queue, string Member), (bool Paused, string Reason)> paused = [];
    private readonly Dictionary<string, int> status = [];
    private readonly List<Waiting> waiting = [];
    private readonly Dictionary<string, Waiting> talking = [];
    private readonly HashSet<Channel<string>> listeners = [];
    private readonly ScriptedAmi server;
    private CancellationTokenSource cut = new();

    public SmallAsterisk(params (string Queue, string Member)[] members)
    {
        this.members.AddRange(members);
        foreach (var member in members) (paused[member], status[member.Member]) = ((false, ""), 1);
        server = new ScriptedAmi(Serve);
    }

    private sealed class Waiting(string call, string queue, long since)
    {
        public string Call => call;
        public string Queue => queue;
        public long Since => since;
        public string? Ringing { get; set; }
        public string? Member { get; set; }
        public long Connected { get; set; }
        public HashSet<string> Missed { get; } = [];
    }

    public int Port => server.Port;

    /// <summary>No phone that is to dial is picked up.</summary>
    public bool Deaf { get; set; }

    public int Connections => server.Connections;

    public IReadOnlyList<string> Requests => server.Requests;

    /// <summary>Who rings for whom: member → call.</summary>
    public IReadOnlyDictionary<string, string> Ringing
    {
        get
        {
            lock (step) return waiting.Where(w => w.Ringing is not null).ToDictionary(w => w.Ringing!, w => w.Call);
        }
    }

    /// <summary>Members that may be rung: not paused in the queue.</summary>
    public string[] Working(string queue)
    {
        lock (step) return [.. members.Where(m => m.Queue == queue && !paused[m].Paused).Select(m => m.Member)];
    }

    public string ReasonOf(string queue, string member)
    {
        lock (step) return paused[(queue, member)] is { Paused: true } p ? p.Reason : "";
    }

    public void Join(string call, string queue, string caller = "13800138000")
    {
        lock (step)
        {
            waiting.Add(new(call, queue, Now));
            var count = waiting.Count(w => w.Queue == queue);
            Tell("Event: QueueCallerJoin", $"Uniqueid: {call}", $"Queue: {queue}", $"CallerIDNum: {caller}", $"Position: {count}", $"Count: {count}");
            Ring();
        }
    }

    public void Abandon(string call)
    {
        lock (step)
        {
            var gone = waiting.Single(w => w.Call == call);
            Tell("Event: HangupRequest", $"Uniqueid: {call}");
            Stop(gone, 1);
            waiting.Remove(gone);
            Tell("Event: QueueCallerAbandon", $"Uniqueid: {call}", $"Queue: {gone.Queue}", "Position: 1", "OriginalPosition: 1", $"HoldTime: {Now - gone.Since}");
            Tell("Event: QueueCallerLeave", $"Uniqueid: {call}", $"Queue: {gone.Queue}", "Position: 1", $"Count: {waiting.Count(w => w.Queue == gone.Queue)}");
            Tell("Event: Hangup", $"Uniqueid: {call}");
        }
    }

    public void PickUp(string member)
    {
        lock (step) Connect(waiting.Single(w => w.Ringing == member), member);
    }

    /// <summary>Connects a caller with a member whom nobody rang, as a system with a mind of its own does.</summary>
    public void Connect(string call, string member)
    {
        lock (step)
        {
            var caller = waiting.Single(w => w.Call == call);
            if (caller.Ringing is { } other && other != member) Stop(caller, 1);
            Connect(caller, member);
        }
    }

    /// <summary>The phone rings in vain.</summary>
    public void LetRing(string member)
    {
        lock (step)
        {
            var caller = waiting.Single(w => w.Ringing == member);
            caller.Missed.Add(member);
            caller.Ringing = null;
            Tell("Event: AgentRingNoAnswer", $"Uniqueid: {caller.Call}", $"Queue: {caller.Queue}", $"Interface: {member}", $"MemberName: {member}", "RingTime: 15000");
            Is(member, 1);
            Ring();
        }
    }

    public void HangUp(string call)
    {
        lock (step)
        {
            if (!talking.Remove(call, out var ended)) throw new InvalidOperationException($"{call} is not in hand");
            Tell("Event: AgentComplete", $"Uniqueid: {call}", $"DestUniqueid: {call}.1", $"Queue: {ended.Queue}", $"Interface: {ended.Member}", $"MemberName: {ended.Member}",
                $"HoldTime: {ended.Connected - ended.Since}", $"TalkTime: {Now - ended.Connected}", "Reason: caller");
            Is(ended.Member!, 1);
            Tell("Event: Hangup", $"Uniqueid: {call}");
            Ring();
        }
    }

    /// <summary>All connections end, as at a restart of the manager interface.</summary>
    public async Task Cut()
    {
        var old = cut;
        cut = new CancellationTokenSource();
        await old.CancelAsync();
        old.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        cut.Dispose();
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private void Connect(Waiting caller, string member)
    {
        waiting.Remove(caller);
        (caller.Ringing, caller.Member, caller.Connected) = (null, member, Now);
        talking[caller.Call] = caller;
        Tell("Event: QueueCallerLeave", $"Uniqueid: {caller.Call}", $"Queue: {caller.Queue}", "Position: 1", $"Count: {waiting.Count(w => w.Queue == caller.Queue)}");
        Tell("Event: AgentConnect", $"Uniqueid: {caller.Call}", $"DestUniqueid: {caller.Call}.1", $"Queue: {caller.Queue}", $"Interface: {member}", $"MemberName: {member}", $"DestChannel: {member}-2", "RingTime: 2",
            $"HoldTime: {caller.Connected - caller.Since}");
        Is(member, 2);
    }

    private void Ring()
    {
        foreach (var caller in waiting.Where(w => w.Ringing is null))
        {
            var free = members.FirstOrDefault(m => m.Queue == caller.Queue && !paused[m].Paused && status[m.Member] == 1 && !caller.Missed.Contains(m.Member)).Member;
            if (free is null) continue;
            caller.Ringing = free;
            Tell("Event: AgentCalled", $"Uniqueid: {caller.Call}", $"Queue: {caller.Queue}", $"Interface: {free}", $"MemberName: {free}");
            Is(free, 6);
        }
    }

    private void Stop(Waiting caller, int then)
    {
        if (caller.Ringing is { } member) Is(member, then);
        caller.Ringing = null;
    }

    private void Is(string member, int now)
    {
        status[member] = now;
        foreach (var m in members.Where(m => m.Member == member)) Tell(["Event: QueueMemberStatus", .. Shown(m)]);
    }

    private string[] Shown((string Queue, string Member) m) =>
        [$"Queue: {m.Queue}", $"Interface: {m.Member}", $"MemberName: {m.Member}", $"Status: {status[m.Member]}", $"Paused: {(paused[m].Paused ? 1 : 0)}", $"PausedReason: {paused[m].Reason}"];

    private void Tell(params string[] lines)
    {
        var at = TimeProvider.System.GetUtcNow();
        var stamp = string.Create(CultureInfo.InvariantCulture, $"Timestamp: {at.ToUnixTimeSeconds()}.{at.Ticks % TimeSpan.TicksPerSecond / 10:D6}");
        foreach (var listener in listeners) listener.Writer.TryWrite(ScriptedAmi.Message([lines[0], stamp, .. lines[1..]]));
    }

    private async Task Serve(ScriptedServer.Connection connection)
    {
        await ScriptedAmi.LogIn(connection);
        var sent = Channel.CreateUnbounded<string>();
        var end = cut.Token;
        lock (step) listeners.Add(sent);
        try
        {
            var (writing, reading) = (Write(connection, sent.Reader, end), Read(connection, sent.Writer));
            await await Task.WhenAny(writing, reading);
        }
        finally
        {
            lock (step) listeners.Remove(sent);
        }
    }

    private static async Task Write(ScriptedServer.Connection connection, ChannelReader<string> messages, CancellationToken end)
    {
        await foreach (var message in messages.ReadAllAsync(end)) await connection.Send(message);
    }

    private async Task Read(ScriptedServer.Connection connection, ChannelWriter<string> messages)
    {
        while (true)
        {
            var request = await connection.Request();
            lock (step) Answer(request, messages);
        }
    }

    private void Answer(string request, ChannelWriter<string> messages)
    {
        string Of(string key) => ScriptedAmi.Value(request, key) ?? "";
        void Reply(params string[] lines) => messages.TryWrite(ScriptedAmi.Message([lines[0], $"ActionID: {Of("ActionID")}", .. lines[1..]]));
        if (Of("Action") == "QueueStatus") Status(Reply);
        else if (Of("Action") == "CoreShowChannels") Channels(Reply);
        else if (Of("Action") == "QueuePause") Pause(Of("Interface"), Of("Queue"), Of("Paused") == "true", Of("Reason"), Reply);
        else if (Of("Action") == "Originate") Dial(Of("Channel"), Reply);
        else if (Of("Action") == "BlindTransfer") Transfer(Of("Channel"), Of("Context"), Of("Exten"), Reply);
        else Reply("Response: Success", "Ping: Pong", string.Create(CultureInfo.InvariantCulture, $"Timestamp: {Now}.000000"));
        Ring();
    }

    private void Pause(string member, string queue, bool now, string reason, Action<string[]> reply)
    {
        var found = members.Where(m => m.Member == member && (queue.Length == 0 || m.Queue == queue)).ToList();
        if (found.Count == 0)
        {
            reply(["Response: Error", "Message: Interface not found"]);
            return;
        }
        reply(["Response: Success", "Message: Interface paused successfully"]);
        foreach (var m in found)
        {
            paused[m] = (now, now ? reason : "");
            Tell(["Event: QueueMemberPause", .. Shown(m)]);
        }
    }

    /// <summary>The phone of a member is picked up at once; any other cannot be rung.</summary>
    private void Dial(string member, Action<string[]> reply)
    {
        reply(["Response: Success", "Message: Originate successfully queued"]);
        reply(["Event: OriginateResponse", $"Response: {(members.Any(m => m.Member == member) && !Deaf ? "Success" : "Failure")}", "Reason: 4"]);
    }

    /// <summary>Whoever speaks with this channel goes to an extension; the only ones there are lead into the queues of their names.</summary>
    private void Transfer(string channel, string context, string extension, Action<string[]> reply)
    {
        var call = talking.Values.FirstOrDefault(t => $"{t.Member}-2" == channel);
        if (Deaf || call is null || context != "from-internal" || members.All(m => m.Queue != extension))
        {
            reply(["Response: Error", call is null ? "Message: No such channel" : "Message: Invalid transfer"]);
            return;
        }
        reply(["Response: Success", "Message: Transfer succeeded"]);
        talking.Remove(call.Call);
        Tell("Event: BlindTransfer", "Result: Success", $"TransfererChannel: {channel}", $"TransfererUniqueid: {call.Call}.1", $"TransfereeUniqueid: {call.Call}", $"Context: {context}", $"Extension: {extension}");
        Tell("Event: AgentComplete", $"Uniqueid: {call.Call}", $"DestUniqueid: {call.Call}.1", $"Queue: {call.Queue}", $"Interface: {call.Member}", $"MemberName: {call.Member}",
            $"HoldTime: {call.Connected - call.Since}", $"TalkTime: {Now - call.Connected}", "Reason: transfer");
        Is(call.Member!, 1);
        Join(call.Call, extension);
    }

    private void Status(Action<string[]> reply)
    {
        reply(["Response: Success", "EventList: start"]);
        var items = 0;
        foreach (var queue in members.Select(m => m.Queue).Distinct())
        {
            reply(["Event: QueueParams", $"Queue: {queue}"]);
            items++;
        }
        foreach (var m in members)
        {
            reply(["Event: QueueMember", $"Queue: {m.Queue}", $"Name: {m.Member}", $"Location: {m.Member}", $"Status: {status[m.Member]}", $"Paused: {(paused[m].Paused ? 1 : 0)}", $"PausedReason: {paused[m].Reason}",
                $"InCall: {(talking.Values.Any(t => t.Member == m.Member && t.Queue == m.Queue) ? 1 : 0)}"]);
            items++;
        }
        foreach (var (caller, index) in waiting.Select((w, i) => (w, i)))
        {
            reply(["Event: QueueEntry", $"Queue: {caller.Queue}", $"Position: {index + 1}", $"Uniqueid: {caller.Call}", $"Wait: {Now - caller.Since}"]);
            items++;
        }
        reply(["Event: QueueStatusComplete", "EventList: Complete", string.Create(CultureInfo.InvariantCulture, $"ListItems: {items}")]);
    }

    private void Channels(Action<string[]> reply)
    {
        reply(["Response: Success", "EventList: start"]);
        foreach (var call in talking.Values)
        {
            reply(["Event: CoreShowChannel", $"Uniqueid: {call.Call}", "Channel: PJSIP/trunk-1", "Application: Queue", $"ApplicationData: {call.Queue}", $"BridgeId: {call.Call}"]);
            reply(["Event: CoreShowChannel", $"Uniqueid: {call.Call}.1", $"Channel: {call.Member}-2", "Application: AppQueue", $"BridgeId: {call.Call}"]);
        }
        reply(["Event: CoreShowChannelsComplete", "EventList: Complete", string.Create(CultureInfo.InvariantCulture, $"ListItems: {talking.Count * 2}")]);
    }
}
