using System.Buffers;
using System.Globalization;
using Evenhand.Telephony.Live;

namespace Evenhand.Telephony.Ami;

/// <summary>
/// The client's side of an Asterisk Manager Interface, as a state machine: bytes and time go in, bytes and news come out; it opens no socket and reads no clock.
/// After the greeting it logs in, switches events on, asks for the state of the queues and from then on pings and asks anew at intervals. It serves one connection after
/// another: call <see cref="Open"/> for each. Not safe for several threads.
/// </summary>
/// <example><code>
/// session.Open(now); // then, until the socket ends:
/// session.Receive(bytes, now); session.Tick(now);
/// await socket.SendAsync(session.TakeOutput()); foreach (var news in session.TakeNews()) …
/// </code></example>
public sealed class AmiSession
{
    private readonly AmiAccount _account;
    private readonly AmiTimes _times;
    private readonly Dictionary<string, (Step Step, DateTimeOffset Due)> _pending = [];
    private readonly List<AmiMessage> _read = [];
    private List<AmiNews> _news = [];
    private readonly ArrayBufferWriter<byte> _output = new();
    private AmiReader _reader = new();
    private DateTimeOffset _heardAt, _askedAt, _due;
    private bool _greeted;
    private long _number;

    /// <summary>A session that is not yet open.</summary>
    /// <param name="account">Who logs in.</param>
    /// <param name="times">How long to wait for what; defaults when null.</param>
    public AmiSession(AmiAccount account, AmiTimes? times = null) => (_account, _times) = (account, times ?? new());

    private enum Step { Challenge, Login, Events, Ping, Asked }

    /// <summary>Whether a connection is open and not given up.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether the login is done and events come.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The greeting of the PBX; null before it came.</summary>
    public string? Banner => _reader.Banner;

    /// <summary>When <see cref="Tick"/> is next of use; null when the session is not open.</summary>
    public DateTimeOffset? NextTick
    {
        get
        {
            if (!IsOpen)
                return null;
            var next = IsReady ? Min(_heardAt + _times.Ping, _askedAt + _times.Status) : _due;
            foreach (var (_, due) in _pending.Values)
                next = Min(next, due);
            return next;
        }
    }

    /// <summary>A new connection stands.</summary>
    /// <param name="now">The time.</param>
    public void Open(DateTimeOffset now)
    {
        Close(now, SessionEnd.Disconnected);
        _reader = new();
        _output.ResetWrittenCount();
        (_greeted, IsOpen, _heardAt, _due) = (false, true, now, now + _times.Reply);
    }

    /// <summary>Bytes came.</summary>
    /// <param name="bytes">The bytes, cut anywhere.</param>
    /// <param name="now">The time.</param>
    public void Receive(ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        if (!IsOpen)
            return;
        _heardAt = now;
        _read.Clear();
        _reader.Read(bytes, _read);
        if (!_greeted && _reader.Banner is not null)
        {
            _greeted = true;
            Ask(_account.UsesChallenge ? AmiAction.Challenge() : AmiAction.Login(_account), _account.UsesChallenge ? Step.Challenge : Step.Login, now);
        }
        if (!_greeted && _reader.HasStarted)
            Close(now, SessionEnd.WrongProtocol);
        foreach (var message in _read)
        {
            if (IsOpen)
                Take(message, now);
        }
    }

    /// <summary>The connection ended, by whomever. Answers still awaited are told as lost.</summary>
    /// <param name="now">The time.</param>
    public void Disconnect(DateTimeOffset now) => Close(now, SessionEnd.Disconnected);

    /// <summary>Time has passed: gives up what is overdue, pings, asks for the state.</summary>
    /// <param name="now">The time.</param>
    public void Tick(DateTimeOffset now)
    {
        if (!IsOpen)
            return;
        if (!IsReady && now >= _due)
        {
            Close(now, SessionEnd.Silent);
            return;
        }
        foreach (var (id, (step, due)) in _pending.Where(p => p.Value.Due <= now).ToList())
        {
            if (step != Step.Asked)
            {
                Close(now, SessionEnd.Silent);
                return;
            }
            _pending.Remove(id);
            _news.Add(new AmiReply(now, id, CommandOutcome.TimedOut, null));
        }
        if (!IsReady)
            return;
        if (now >= _heardAt + _times.Ping && !_pending.Values.Any(p => p.Step == Step.Ping))
            Ask(AmiAction.Ping(), Step.Ping, now);
        if (now >= _askedAt + _times.Status)
            AskStatus(now);
    }

    /// <summary>Sends an action.</summary>
    /// <param name="action">The action.</param>
    /// <param name="now">The time, from which its answer is awaited.</param>
    /// <returns>The id its <see cref="AmiReply"/> will carry; null when the session is not ready and nothing was sent.</returns>
    public string? Send(AmiAction action, DateTimeOffset now) => IsReady ? Ask(action, Step.Asked, now) : null;

    /// <summary>Asks for the state of the queues now, as after a gap was noticed.</summary>
    /// <param name="now">The time.</param>
    public void Resync(DateTimeOffset now)
    {
        if (IsReady)
            AskStatus(now);
    }

    /// <summary>What is to be written to the connection, in order.</summary>
    /// <returns>The bytes since the last call; empty when none.</returns>
    public byte[] TakeOutput()
    {
        var bytes = _output.WrittenSpan.ToArray();
        _output.ResetWrittenCount();
        return bytes;
    }

    /// <summary>What happened, in order.</summary>
    /// <returns>The news since the last call; empty when none.</returns>
    public IReadOnlyList<AmiNews> TakeNews()
    {
        var news = _news;
        _news = [];
        return news;
    }

    private void Take(AmiMessage message, DateTimeOffset now)
    {
        if (message.Event is not null)
        {
            if (IsReady)
                _news.Add(new AmiHeard(now, message));
            return;
        }
        if (message.Response is not { } response || message.ActionId is not { } id || !_pending.Remove(id, out var pending))
            return;
        var done = !response.Equals("Error", StringComparison.OrdinalIgnoreCase);
        switch (pending.Step)
        {
            case Step.Challenge when done && message["Challenge"] is { } challenge:
                Ask(AmiAction.Login(_account, challenge), Step.Login, now);
                break;
            case Step.Challenge or Step.Login when !done:
                Close(now, SessionEnd.Refused, message["Message"]);
                break;
            case Step.Challenge:
                Close(now, SessionEnd.WrongProtocol, message["Message"]);
                break;
            case Step.Login:
                Ask(AmiAction.Events(_times.EventMask), Step.Events, now);
                break;
            case Step.Events:
                IsReady = true;
                _news.Add(new AmiReady(now));
                AskStatus(now);
                break;
            case Step.Ping:
                _news.Add(new AmiHeard(now, message));
                break;
            case Step.Asked:
                _news.Add(new AmiReply(now, id, done ? CommandOutcome.Done : CommandOutcome.Refused, message));
                break;
        }
    }

    /// <summary>The ping's answer tells the PBX's time, without which a status cannot be dated.</summary>
    private void AskStatus(DateTimeOffset now)
    {
        _askedAt = now;
        Ask(AmiAction.Ping(), Step.Ping, now);
        Ask(AmiAction.CoreShowChannels(), Step.Asked, now);
        Ask(AmiAction.QueueStatus(), Step.Asked, now);
    }

    private string Ask(AmiAction action, Step step, DateTimeOffset now)
    {
        var id = (++_number).ToString(CultureInfo.InvariantCulture);
        _output.Write(action.ToBytes(id));
        _pending[id] = (step, now + _times.Reply);
        _due = now + _times.Reply;
        return id;
    }

    private void Close(DateTimeOffset now, SessionEnd why, string? detail = null)
    {
        if (!IsOpen)
            return;
        foreach (var (id, _) in _pending.Where(p => p.Value.Step == Step.Asked))
            _news.Add(new AmiReply(now, id, CommandOutcome.Lost, null));
        _pending.Clear();
        IsOpen = IsReady = false;
        _news.Add(new AmiClosed(now, why, detail));
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <summary>How long an <see cref="AmiSession"/> waits for what.</summary>
public sealed record AmiTimes
{
    /// <summary>For the greeting and for any answer; 10 s. A login step or a ping without answer ends the session.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which a ping is sent; 15 s.</summary>
    public TimeSpan Ping { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Between full states of the queues; 45 s.</summary>
    public TimeSpan Status { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The classes of events wanted. Without dialplan an exit by timeout can hardly be told from an abandon; without call a transfer's target is not known.</summary>
    public string EventMask { get; init; } = "agent,call,dialplan";
}
