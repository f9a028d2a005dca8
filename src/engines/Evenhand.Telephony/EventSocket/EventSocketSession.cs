using System.Buffers;
using System.Text;
using Evenhand.Telephony.Live;

namespace Evenhand.Telephony.EventSocket;

/// <summary>How long an <see cref="EventSocketSession"/> waits for what.</summary>
public sealed record EventSocketTimes
{
    /// <summary>For the greeting and for any answer; 10 s. Answers come in the order of the commands and carry no id, so one that is overdue ends the session.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between full states; 45 s. They are the signs of life too.</summary>
    public TimeSpan Status { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Whether events come as JSON; else as plain text.</summary>
    public bool Json { get; init; } = true;
}

/// <summary>
/// The client's side of a FreeSWITCH event socket, as a state machine: bytes and time go in, bytes and news come out. It authenticates, subscribes to the events of mod_callcenter, asks for
/// the lists of queues, agents, tiers and waiting members, and again at intervals. Not safe for several threads.
/// </summary>
public sealed class EventSocketSession
{
    private readonly string _password;
    private readonly EventSocketTimes _times;
    private readonly Queue<(Step Step, long Id, string? Queue, DateTimeOffset Due)> _pending = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly List<EventSocketFrame> _read = [];
    private readonly Dictionary<string, string> _members = [];
    private List<EventSocketNews> _news = [];
    private EventSocketReader _reader = new();
    private string _queues = "", _agents = "", _tiers = "";
    private DateTimeOffset _askedAt, _due;
    private bool _greeted;
    private long _number;

    /// <summary>A session that is not yet open.</summary>
    /// <param name="password">The password of event_socket.conf.</param>
    /// <param name="times">How long to wait for what; defaults when null.</param>
    public EventSocketSession(string password, EventSocketTimes? times = null) => (_password, _times) = (password, times ?? new());

    private enum Step { Auth, Subscribe, Queues, Agents, Tiers, Members, Asked }

    /// <summary>Whether a connection is open and not given up.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether the login is done and events come.</summary>
    public bool IsReady { get; private set; }

    /// <summary>When <see cref="Tick"/> is next of use; null when the session is not open.</summary>
    public DateTimeOffset? NextTick => !IsOpen ? null : _pending.TryPeek(out var first) ? first.Due : IsReady ? _askedAt + _times.Status : _due;

    /// <summary>A new connection stands.</summary>
    /// <param name="now">The time.</param>
    public void Open(DateTimeOffset now)
    {
        Close(now, SessionEnd.Disconnected);
        _reader = new();
        _output.ResetWrittenCount();
        (_greeted, IsOpen, _due) = (false, true, now + _times.Reply);
    }

    /// <summary>Bytes came.</summary>
    /// <param name="bytes">The bytes, cut anywhere.</param>
    /// <param name="now">The time.</param>
    public void Receive(ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        if (!IsOpen)
            return;
        _read.Clear();
        _reader.Read(bytes, _read);
        foreach (var frame in _read)
        {
            if (IsOpen)
                Take(frame, now);
        }
        if (_reader.IsBroken)
            Close(now, SessionEnd.WrongProtocol);
    }

    /// <summary>The connection ended, by whomever. Answers still awaited are told as lost.</summary>
    /// <param name="now">The time.</param>
    public void Disconnect(DateTimeOffset now) => Close(now, SessionEnd.Disconnected);

    /// <summary>Time has passed: gives up when an answer is overdue, asks for the state.</summary>
    /// <param name="now">The time.</param>
    public void Tick(DateTimeOffset now)
    {
        if (IsOpen && (_pending.TryPeek(out var first) ? now >= first.Due : !IsReady && now >= _due))
            Close(now, SessionEnd.Silent);
        if (IsReady && now >= _askedAt + _times.Status)
            Resync(now);
    }

    /// <summary>Sends a command.</summary>
    /// <param name="command">The command, see <see cref="CallCenterCommand"/>.</param>
    /// <param name="now">The time, from which its answer is awaited.</param>
    /// <returns>The number its <see cref="EventSocketReply"/> will carry; null when the session is not ready and nothing was sent.</returns>
    public long? Send(CallCenterCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        return IsReady ? Ask(command.Text, Step.Asked, now) : null;
    }

    /// <summary>Asks for the full state now, unless it is under way.</summary>
    /// <param name="now">The time.</param>
    public void Resync(DateTimeOffset now)
    {
        if (!IsReady || _pending.Any(p => p.Step is >= Step.Queues and <= Step.Members))
            return;
        _askedAt = now;
        _members.Clear();
        Ask("api callcenter_config queue list", Step.Queues, now);
        Ask("api callcenter_config agent list", Step.Agents, now);
        Ask("api callcenter_config tier list", Step.Tiers, now);
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
    public IReadOnlyList<EventSocketNews> TakeNews()
    {
        var news = _news;
        _news = [];
        return news;
    }

    private void Take(EventSocketFrame frame, DateTimeOffset now)
    {
        switch (frame.ContentType)
        {
            case "auth/request" when !_greeted:
                _greeted = true;
                Ask($"auth {CallCenterCommand.OneLine(_password)}", Step.Auth, now);
                break;
            case "text/event-json" or "text/event-plain" when IsReady:
                if (EventSocketEvent.Read(frame) is { } heard)
                    _news.Add(new EventSocketHeard(now, heard));
                break;
            case "command/reply" or "api/response":
                if (_pending.TryDequeue(out var pending))
                    Answer(pending.Step, pending.Id, pending.Queue, frame.ContentType == "api/response" ? frame.Body : frame["Reply-Text"] ?? "", now);
                break;
            case "text/disconnect-notice":
                Close(now, SessionEnd.Disconnected);
                break;
            case "text/rude-rejection":
                Close(now, SessionEnd.Refused, frame.Body.Trim());
                break;
            default:
                if (!_greeted)
                    Close(now, SessionEnd.WrongProtocol);
                break;
        }
    }

    private void Answer(Step step, long id, string? queue, string text, DateTimeOffset now)
    {
        var refused = text.TrimStart().StartsWith("-ERR", StringComparison.Ordinal);
        switch (step)
        {
            case Step.Auth when refused:
                Close(now, SessionEnd.Refused, text.Trim());
                break;
            case Step.Auth:
                Ask($"event {(_times.Json ? "json" : "plain")} HEARTBEAT CUSTOM callcenter::info", Step.Subscribe, now);
                break;
            case Step.Subscribe when refused:
                Close(now, SessionEnd.Refused, text.Trim());
                break;
            case Step.Subscribe:
                IsReady = true;
                _news.Add(new EventSocketReady(now));
                Resync(now);
                break;
            case Step.Queues:
                _queues = text;
                _news.Add(new EventSocketListing(now));
                break;
            case Step.Agents:
                _agents = text;
                break;
            case Step.Tiers:
                _tiers = text;
                foreach (var name in CallCenterTable.Rows(_queues).Select(r => r.GetValueOrDefault("name")).OfType<string>())
                    Ask($"api callcenter_config queue list members {CallCenterCommand.OneLine(name)}", Step.Members, now, name);
                TellLists(now);
                break;
            case Step.Members:
                _members[queue!] = text;
                TellLists(now);
                break;
            case Step.Asked:
                _news.Add(new EventSocketReply(now, id, refused ? CommandOutcome.Refused : CommandOutcome.Done, text.Trim()));
                break;
        }
    }

    private void TellLists(DateTimeOffset now)
    {
        if (!_pending.Any(p => p.Step == Step.Members))
            _news.Add(new EventSocketLists(now, _queues, _agents, _tiers, new Dictionary<string, string>(_members)));
    }

    private long Ask(string command, Step step, DateTimeOffset now, string? queue = null)
    {
        _output.Write(Encoding.UTF8.GetBytes(command + "\n\n"));
        _pending.Enqueue((step, ++_number, queue, now + _times.Reply));
        return _number;
    }

    private void Close(DateTimeOffset now, SessionEnd why, string? detail = null)
    {
        if (!IsOpen)
            return;
        foreach (var lost in _pending.Where(p => p.Step == Step.Asked))
            _news.Add(new EventSocketReply(now, lost.Id, CommandOutcome.Lost, ""));
        _pending.Clear();
        IsOpen = IsReady = false;
        _news.Add(new EventSocketClosed(now, why, detail));
    }
}
