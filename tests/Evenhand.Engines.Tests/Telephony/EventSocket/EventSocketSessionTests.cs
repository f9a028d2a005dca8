using System.Text;
using Evenhand.Telephony.EventSocket;
using Evenhand.Telephony.Live;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Telephony.EventSocket;

public sealed class EventSocketSessionTests
{
    private readonly EventSocketSession _session = new("ClueCon");
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Authenticates_subscribes_and_asks_for_every_list()
    {
        _session.Open(_now);
        Receive("Content-Type: auth/request\n\n");
        Sent().ShouldBe(["auth ClueCon"]);
        Receive("Content-Type: command/reply\nReply-Text: +OK accepted\n\n");
        Sent().ShouldBe(["event json HEARTBEAT CUSTOM callcenter::info"]);
        Receive("Content-Type: command/reply\nReply-Text: +OK event listener enabled json\n\n");
        Sent().ShouldBe(["api callcenter_config queue list", "api callcenter_config agent list", "api callcenter_config tier list"]);
        Api("name|strategy\nq@d|top-down\nr@d|top-down\n+OK\n");
        Api("name|status\n+OK\n");
        Api("queue|agent\n+OK\n");
        Sent().ShouldBe(["api callcenter_config queue list members q@d", "api callcenter_config queue list members r@d"]);
        Api("a|b\n");
        Api("c|d\n");
        var news = _session.TakeNews();
        news.Select(n => n.GetType().Name).ShouldBe(["EventSocketReady", "EventSocketListing", "EventSocketLists"]);
        ((EventSocketLists)news[2]).Members.ShouldBe(new Dictionary<string, string> { ["q@d"] = "a|b\n", ["r@d"] = "c|d\n" }, ignoreOrder: true);
    }

    [Fact]
    public void A_wrong_password_a_rejection_and_another_protocol_are_told_apart()
    {
        End("Content-Type: auth/request\n\nContent-Type: command/reply\nReply-Text: -ERR invalid\n\n").ShouldBe(new EventSocketClosed(_now, SessionEnd.Refused, "-ERR invalid"));
        End("Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n").ShouldBe(new EventSocketClosed(_now, SessionEnd.Refused, "Access Denied, go away."));
        End("HTTP/1.1 400 Bad Request\nServer: x\n\n").ShouldBe(new EventSocketClosed(_now, SessionEnd.WrongProtocol));
        End("Content-Type: auth/request\nContent-Length: 99999999999\n\n").ShouldBe(new EventSocketClosed(_now, SessionEnd.WrongProtocol));
    }

    [Fact]
    public void Answers_come_in_order_and_an_overdue_one_ends_the_session()
    {
        LogIn();
        var first = _session.Send(CallCenterCommand.SetStatus("1001", "On Break\n\napi shutdown"), _now)!.Value;
        var second = _session.Send(CallCenterCommand.AddTier("q@d", "10'01"), _now)!.Value;
        var third = _session.Send(CallCenterCommand.Originate("user/1001", "138 0013", "default"), _now)!.Value;
        Sent().ShouldBe(["api callcenter_config agent set status 1001 'On Break  api shutdown'", "api callcenter_config tier add q@d 1001 1 1", "bgapi originate user/1001 1380013 XML default"]);
        var fourth = _session.Send(CallCenterCommand.Transfer("4f 1", "sales'@default, hangup"), _now)!.Value;
        Sent().ShouldBe(["api uuid_transfer 4f1 callcenter:sales@defaulthangup inline"]);
        Api("+OK\n");
        Api("-ERR Invalid Agent!\n");
        _session.TakeNews().ShouldBe([new EventSocketReply(_now, first, CommandOutcome.Done, "+OK"), new EventSocketReply(_now, second, CommandOutcome.Refused, "-ERR Invalid Agent!")]);
        _now = _now.AddSeconds(10);
        _session.Tick(_now);
        _session.TakeNews().ShouldBe([new EventSocketReply(_now, third, CommandOutcome.Lost, ""), new EventSocketReply(_now, fourth, CommandOutcome.Lost, ""), new EventSocketClosed(_now, SessionEnd.Silent)]);
    }

    [Fact]
    public void Json_and_plain_events_read_alike()
    {
        LogIn();
        Frame("text/event-json", "{\"Event-Name\":\"CUSTOM\",\"CC-Queue\":\"q 1%\",\"list\":[1]}");
        Frame("text/event-plain", "Event-Name: CUSTOM\nCC-Queue: q%201%25\n\n");
        Frame("text/event-json", "{broken");
        var heard = _session.TakeNews().OfType<EventSocketHeard>().Select(h => (h.Event.Name, h.Event["cc-queue"])).ToList();
        heard.ShouldBe([("CUSTOM", "q 1%"), ("CUSTOM", "q 1%")]);
    }

    [Fact]
    public void However_the_bytes_are_cut_it_says_the_same_and_never_throws() =>
        Prop.ForAll(Gen.Elements("Content-Type: auth/request\n\n", "Content-Type: command/reply\nReply-Text: +OK\n\n", "Content-Type: api/response\nContent-Length: 6\n\nname|x", "Content-Length: -1\n\n",
            "Content-Type: text/event-json\nContent-Length: 20\n\n{\"Event-Name\":\"Ünö\"}", "\n", "x", "Content-Length: 3\n\n\n\n\n", "Content-Type: text/event-json\nContent-Length: 2\n\n{}").ArrayOf().ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (parts, chunk) =>
            Told(string.Concat(parts), chunk).ShouldBe(Told(string.Concat(parts), 100_000))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Headers_without_end_are_bounded_and_a_length_announced_takes_no_memory()
    {
        var reader = new EventSocketReader();
        for (var i = 0; i < 100 && !reader.IsBroken; i++)
            reader.Read(new byte[1024], []);
        reader.IsBroken.ShouldBeTrue();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            new EventSocketReader().Read("Content-Length: 16000000\n\nx"u8, []);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16_000_000);
    }

    private static string Told(string text, int chunk)
    {
        var session = new EventSocketSession("p");
        session.Open(DateTimeOffset.UnixEpoch);
        foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(chunk))
            session.Receive(part, DateTimeOffset.UnixEpoch);
        return string.Join('|', session.TakeNews().Select(n => n is EventSocketHeard h ? h.Event.Name : n.GetType().Name)) + Encoding.UTF8.GetString(session.TakeOutput());
    }

    private EventSocketNews End(string text)
    {
        _session.Open(_now);
        Receive(text);
        Sent();
        return _session.TakeNews()[^1];
    }

    private void LogIn()
    {
        _session.Open(_now);
        Receive("Content-Type: auth/request\n\nContent-Type: command/reply\nReply-Text: +OK accepted\n\nContent-Type: command/reply\nReply-Text: +OK\n\n");
        Api("\n");
        Api("\n");
        Api("\n");
        _session.TakeNews();
        Sent();
    }

    private void Api(string body) => Frame("api/response", body);

    private void Frame(string type, string body) => Receive($"Content-Type: {type}\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\n\n{body}");

    private void Receive(string text) => _session.Receive(Encoding.UTF8.GetBytes(text), _now);

    private string[] Sent() => Encoding.UTF8.GetString(_session.TakeOutput()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
}
