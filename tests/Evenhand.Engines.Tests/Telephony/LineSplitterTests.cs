using System.Text;
using Evenhand.Telephony.QueueLogs;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Telephony;

public sealed class LineSplitterTests
{
    [Fact]
    public void Lines_end_with_lf_or_crlf_or_the_file() => Split("\uFEFFone\r\n\ntwo\nthree", 100, 100).ShouldBe(["one", "", "two", "three"]);

    [Fact]
    public void A_line_too_long_is_cut_and_told_and_the_next_is_whole() =>
        Split("12345\n123456\n" + new string('x', 1000) + "\nnext\n", 7, 5).ShouldBe(["12345", "line-too-long:12345", "line-too-long:xxxxx", "next"]);

    [Fact]
    public void However_the_bytes_are_cut_the_lines_are_the_same() =>
        Prop.ForAll(Gen.Elements("a", "|", "\n", "\r", "\r\n", "longer than most").ArrayOf().ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (parts, chunk) =>
            Split(string.Concat(parts), chunk, 12).ShouldBe(Split(string.Concat(parts), 10_000, 12))).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_get_numbers_in_order_and_come_back()
    {
        var names = new NameTable(Encoding.Latin1, limit: 200);
        for (var i = 0; i < 200; i++)
            names.Intern(Encoding.Latin1.GetBytes($"Größe {i}")).ShouldBe(i);
        names.Intern("one more"u8).ShouldBe(-1);
        names.Intern(Encoding.Latin1.GetBytes("Größe 77")).ShouldBe(77);
        names.Find("absent"u8).ShouldBe(-1);
        names[77].ShouldBe("Größe 77");
        names.Count.ShouldBe(200);
    }

    private static List<string> Split(string text, int chunk, int maxLine)
    {
        var splitter = new LineSplitter(maxLine);
        var lines = new List<string>();
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        while (!rest.IsEmpty)
        {
            var part = rest[..Math.Min(chunk, rest.Length)];
            rest = rest[part.Length..];
            while (splitter.TryRead(ref part, out var line, out var fault))
                lines.Add(Show(line, fault));
        }
        if (splitter.TryReadLast(out var last, out var lastFault))
            lines.Add(Show(last, lastFault));
        splitter.LineNumber.ShouldBe(lines.Count);
        return lines;
    }

    private static string Show(ReadOnlySpan<byte> line, QueueLogFault fault) => (fault == QueueLogFault.None ? "" : fault.Code() + ":") + Encoding.UTF8.GetString(line);
}
