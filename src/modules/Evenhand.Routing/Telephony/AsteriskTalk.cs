using Evenhand.Telephony.Ami;
using Evenhand.Telephony.Live;

namespace Evenhand.Routing.Telephony;

/// <summary>Talks with an Asterisk by its manager interface.</summary>
internal sealed class AsteriskTalk : PbxTalk
{
    private static readonly TimeSpan BetweenResyncs = TimeSpan.FromSeconds(5);
    private readonly AmiSession session;
    private readonly AmiTranslator translator;
    private readonly HashSet<string> dialled = [];
    private DateTimeOffset resyncedAt;
    private int unknown;

    public AsteriskTalk(string user, string secret, AmiTimes? times = null)
    {
        session = new AmiSession(new AmiAccount(user, secret), times);
        translator = new AmiTranslator(Mirror);
    }

    public override bool PausesByQueue => true;

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

    public override string NameOf(string member) => translator.MemberNames.GetValueOrDefault(member, member);

    public override string? Send(PbxOrder order, DateTimeOffset now)
    {
        if (order is PauseOrder pause) return session.Send(AmiAction.QueuePause(pause.Member, pause.Paused, pause.Queue, pause.Reason), now);
        if (order is PassOrder pass) return Pass(pass, now);
        if (order is not DialOrder dial) return null;
        var id = session.Send(AmiAction.Originate(dial.Member, dial.Context, dial.Number, dial.Number), now);
        if (id is not null) dialled.Add(id);
        return id;
    }

    /// <summary>A call whose channel is not known is refused here: it ended meanwhile, or was answered by a phone that is no member's.</summary>
    private string? Pass(PassOrder pass, DateTimeOffset now)
    {
        if (!session.IsReady) return null;
        if (translator.MemberChannelOf(pass.Call) is { } channel) return session.Send(AmiAction.BlindTransfer(channel, pass.Context, pass.Queue), now);
        var id = $"unknown-{++unknown}";
        Answers.Add(new PbxAnswer(id, CommandOutcome.Refused, "No such call"));
        return id;
    }

    private void Hear(DateTimeOffset now)
    {
        foreach (var news in session.TakeNews())
            switch (news)
            {
                case AmiHeard heard:
                    translator.Accept(heard.Message, heard.At);
                    if (heard.Message.Event == "OriginateResponse" && heard.Message.ActionId is { } id && dialled.Remove(id))
                        Answers.Add(new PbxAnswer(id, heard.Message.Response == "Success" ? CommandOutcome.Done : CommandOutcome.Refused, heard.Message["Reason"]));
                    break;
                // That a call is taken on is not yet that the phone was picked up: the event above tells it.
                case AmiReply reply when reply.Outcome != CommandOutcome.Done || !dialled.Contains(reply.ActionId):
                    dialled.Remove(reply.ActionId);
                    Answers.Add(new PbxAnswer(reply.ActionId, reply.Outcome, reply.Message?["Message"]));
                    break;
                case AmiClosed closed:
                    (Ended, EndedWith) = (closed.Why, closed.Detail);
                    Lose(closed.At);
                    break;
            }
        if (!session.IsReady || !translator.WantsStatus || now < resyncedAt + BetweenResyncs) return;
        resyncedAt = now;
        session.Resync(now);
    }

    private void Lose(DateTimeOffset now)
    {
        foreach (var id in dialled) Answers.Add(new PbxAnswer(id, CommandOutcome.Lost, null));
        dialled.Clear();
        resyncedAt = default;
        translator.Disconnect(now);
    }
}
