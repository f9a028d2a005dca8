using System.Text;
using Evenhand.Telephony.Ami;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Telephony.Ami;

public sealed class AmiReaderTests
{
    [Fact]
    public void Messages_keep_order_repeated_keys_and_empty_values()
    {
        var (messages, reader) = Read("Asterisk Call Manager/13.0.0\r\nResponse: Success\r\nActionID: 7-1\r\n\r\nevent: Originate\r\nVariable: a=1\r\nVariable: b: 2\r\nReason: \r\nNoBlank:x\r\n\r\n", 1000);
        reader.Banner.ShouldBe("Asterisk Call Manager/13.0.0");
        reader.BadLines.ShouldBe(0);
        messages.Count.ShouldBe(2);
        (messages[0].Response, messages[0].ActionId, messages[0].Event).ShouldBe(("Success", "7-1", null));
        messages[1].Event.ShouldBe("Originate");
        messages[1].All("VARIABLE").ShouldBe(["a=1", "b: 2"]);
        (messages[1]["reason"], messages[1]["NoBlank"], messages[1]["absent"]).ShouldBe(("", "x", null));
        messages.ShouldAllBe(m => !m.IsDamaged);
    }

    [Fact]
    public void Lines_without_a_colon_and_lines_too_long_damage_only_their_message()
    {
        var (messages, reader) = Read($"Event: A\r\nrubbish\r\nQueue: q\r\n\r\nEvent: B\r\nLong: {new string('x', 100_000)}\r\n\r\nEvent: C\r\n\r\n", 777);
        messages.Select(m => (m.Event, m.IsDamaged)).ShouldBe([("A", true), ("B", true), ("C", false)]);
        messages[0]["Queue"].ShouldBe("q");
        messages[1]["Long"]!.Length.ShouldBeLessThanOrEqualTo(AmiReader.MaxLineBytes);
        reader.BadLines.ShouldBe(2);
    }

    [Fact]
    public void A_message_without_end_is_bounded()
    {
        var reader = new AmiReader();
        var messages = new List<AmiMessage>();
        var chunk = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("k:\r\n", 10_000)));
        for (var i = 0; i < 30; i++)
            reader.Read(chunk, messages);
        reader.Read("\r\n"u8, messages);
        messages.ShouldHaveSingleItem().Fields.Count.ShouldBeLessThan(AmiReader.MaxMessageBytes / 32);
        messages[0].IsDamaged.ShouldBeTrue();
    }

    [Fact]
    public void However_the_bytes_are_cut_the_messages_are_the_same() =>
        Prop.ForAll(Gen.Elements("Event: A", "Key: Wert ü", "\r\n", "\n", "\r\n\r\n", ":", "x", "Asterisk Call Manager/1", "\r", "\0").ArrayOf().ToArbitrary(), Gen.Choose(1, 7).ToArbitrary(), (parts, chunk) =>
            Show(string.Concat(parts), chunk).ShouldBe(Show(string.Concat(parts), 10_000))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Whatever_comes_it_does_not_throw() =>
        Prop.ForAll(Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().ToArbitrary(), bytes =>
        {
            var reader = new AmiReader();
            reader.Read(bytes, []);
            reader.Read("\r\n\r\nEvent: Z\r\n\r\n"u8, []);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_recording_cut_at_every_width_is_the_same()
    {
        var bytes = Recordings.Bytes(1).AsSpan(0, 60_000).ToArray();
        var whole = Show(Encoding.UTF8.GetString(bytes), bytes.Length);
        foreach (var width in (int[])[1, 2, 3, 17, 1460])
            Show(Encoding.UTF8.GetString(bytes), width).ShouldBe(whole);
    }

    [Fact]
    public void The_recordings_are_read_without_a_bad_line()
    {
        foreach (var part in (int[])[1, 2])
        {
            var (messages, reader) = Read(Encoding.UTF8.GetString(Recordings.Bytes(part)), 1460);
            reader.BadLines.ShouldBe(0);
            reader.Banner.ShouldBe("Asterisk Call Manager/13.0.0");
            messages.Count(m => m.Event == "QueueCallerJoin").ShouldBe(part == 1 ? 78 : 115);
        }
    }

    private static (List<AmiMessage> Messages, AmiReader Reader) Read(string text, int chunk)
    {
        var reader = new AmiReader();
        var messages = new List<AmiMessage>();
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        for (; rest.Length > chunk; rest = rest[chunk..])
            reader.Read(rest[..chunk], messages);
        reader.Read(rest, messages);
        return (messages, reader);
    }

    private static string Show(string text, int chunk)
    {
        var (messages, reader) = Read(text, chunk);
        return $"{reader.Banner}|{reader.BadLines}|{string.Join('~', messages.Select(m => $"{m.IsDamaged}{m}"))}";
    }
}
