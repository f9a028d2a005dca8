using System.Text;
using Evenhand.Telephony.Ami;
using Evenhand.Telephony.Live;

namespace Evenhand.Engines.Tests.Telephony.Live;

/// <summary>A mirror fed by AMI messages, and all it told.</summary>
internal sealed class LivePbx
{
    public LivePbx()
    {
        Mirror = new(Facts.Add);
        Translator = new(Mirror);
    }

    public List<PbxFact> Facts { get; } = [];
    public QueueMirror Mirror { get; }
    public AmiTranslator Translator { get; }
    public DateTimeOffset Now { get; private set; } = DateTimeOffset.FromUnixTimeSeconds(1_795_293_860);

    public IReadOnlyList<string> Lines => [.. Facts.Select(f => QueueLogWriter.Line(f, m => Translator.MemberNames.GetValueOrDefault(m, m))).OfType<string>()];

    /// <summary>The visits the told facts make, by way of the lines of a queue_log.</summary>
    public LogListener Heard => LogListener.Read(string.Concat(Lines.Select(l => l + "\n")));

    /// <summary>The whole recording, its cut included.</summary>
    public static LivePbx Replay(Func<AmiMessage, bool>? keep = null, bool timed = true)
    {
        var pbx = new LivePbx();
        foreach (var part in (int[])[1, 2])
        {
            foreach (var message in Ami.Recordings.Messages(part).Where(keep ?? (_ => true)))
                pbx.Feed(message, timed);
            pbx.Translator.Disconnect(pbx.Now);
        }
        return pbx;
    }

    public void Feed(AmiMessage message, bool timed = true)
    {
        if (decimal.TryParse(message["Timestamp"], out var stamp) && DateTimeOffset.UnixEpoch.AddTicks((long)(stamp * TimeSpan.TicksPerSecond)) is var at && at > Now)
            Now = at;
        Translator.Accept(timed ? message : new(message.Fields.Where(f => f.Key != "Timestamp")), Now);
        Translator.Settle(Now);
    }

    public void Feed(string text)
    {
        var messages = new List<AmiMessage>();
        new AmiReader().Read(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n") + "\n\n"), messages);
        messages.ForEach(m => Feed(m));
    }

    public void Pass(double seconds)
    {
        Now = Now.AddSeconds(seconds);
        Translator.Settle(Now);
    }
}
