using System.Globalization;
using Evenhand.Telephony.EventSocket;

namespace Evenhand.Routing.Telephony;

/// <summary>Talks with a FreeSWITCH by its event socket and mod_callcenter.</summary>
internal sealed class FreeSwitchTalk : PbxTalk
{
    private readonly EventSocketSession session;
    private readonly CallCenterTranslator translator;

    public FreeSwitchTalk(string secret, EventSocketTimes? times = null)
    {
        session = new EventSocketSession(secret, times);
        translator = new CallCenterTranslator(Mirror);
    }

    public override bool PausesByQueue => false;

    public override bool IsOpen => session.IsOpen;

    public override bool IsReady => session.IsReady;

    public override DateTimeOffset? NextTick => session.NextTick;

    public override void Open(DateTimeOffset now)
    {
        (Ended, EndedWith) = (null, null);
        session.Open(now);
    }

    public override void Receive(ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        session.Receive(bytes, now);
        Hear(now);
    }

    public override void Tick(DateTimeOffset now)
    {
        session.Tick(now);
        Hear(now);
        if (session.IsReady) translator.Settle(now);
    }

    public override void Disconnect(DateTimeOffset now)
    {
        session.Disconnect(now);
        Hear(now);
    }

    public override byte[] TakeOutput() => session.TakeOutput();

    public override string NameOf(string member) => member;

    public override string? Send(PbxOrder order, DateTimeOffset now)
    {
        var sent = order switch
        {
            PauseOrder pause => session.Send(CallCenterCommand.SetStatus(pause.Member, pause.Paused ? "On Break" : "Available"), now),
            DialOrder dial => session.Send(CallCenterCommand.Originate($"user/{dial.Member}", dial.Number, dial.Context), now),
            PassOrder pass => session.Send(CallCenterCommand.Transfer(pass.Call, pass.Queue), now),
            _ => null,
        };
        return sent?.ToString(CultureInfo.InvariantCulture);
    }

    private void Hear(DateTimeOffset now)
    {
        foreach (var news in session.TakeNews())
        {
            translator.Accept(news);
            if (news is EventSocketReply reply) Answers.Add(new PbxAnswer(reply.Id.ToString(CultureInfo.InvariantCulture), reply.Outcome, reply.Text));
            if (news is EventSocketClosed closed) (Ended, EndedWith) = (closed.Why, closed.Detail);
        }
        // While one is under way the session does not ask again.
        if (session.IsReady && translator.WantsStatus) session.Resync(now);
    }
}
