using System.Text;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Xml;

/// <summary>Files broken at random, the same way every time: reading never throws, what is read can be edited and written.</summary>
public sealed class ReaderFuzzTests
{
    private const int Rounds = 6000;

    private static readonly string[] Words =
    [
        "<", ">", "/>", "</", "\"", "'", "&", "&amp;", "&#0;", "&x;", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE a>", "xmlns=\"\"", " id=\"a\"", " id=\"\"", "sourceRef", "bpmn:",
        "bpmn2:", ":", "\0", "\uFFFF", "端", "1e999", "NaN", "-", "true", "userTask", "subProcess", "<bpmn:task/>", "<bpmn:subProcess>", "</bpmn:subProcess>", "\r\n", "${", "{", "}", ",", "(", ")",
    ];

    [Fact]
    public void Nothing_throws_however_a_file_is_broken()
    {
        var seeds = Samples.All.Select(Encoding.UTF8.GetBytes).ToList();
        if (Conformance.IsPresent) seeds.AddRange(Conformance.Files().Select(f => File.ReadAllBytes(Conformance.File(f))).Where(b => b.Length < 8000));
        var random = new Random(20100524);
        var read = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = seeds[random.Next(seeds.Count)];
            for (var n = random.Next(1, 5); n > 0; n--) bytes = Broken(bytes, random);
            var (file, findings) = BpmnFile.Read(bytes);
            if (file is null)
            {
                findings.ShouldNotBeEmpty();
                continue;
            }
            read++;
            file.Bytes.Span.SequenceEqual(bytes).ShouldBeTrue();
            if (file.Model.Processes.SelectMany(p => p.Body.AllNodes).LastOrDefault() is not { } node) continue;
            var edited = file.With(new BpmnEdit.SetAttribute(node.Id, "name", "x"), new BpmnEdit.SetText(node.Id, "documentation", "d"), new BpmnEdit.Insert(node.Id, "<camunda:y/>"));
            edited.File.ShouldNotBeNull($"round {round}: {string.Join("; ", edited.Findings)}\n{file.Text}");
            file.With(new BpmnEdit.Remove(node.Id)).File.ShouldNotBeNull($"round {round}\n{file.Text}");
            file.With(new BpmnEdit.Draw([new(node.Id, new(1, 2, 3, 4))], [])).File.ShouldNotBeNull($"round {round}\n{file.Text}");
            BpmnWriter.Write(file.Model).ShouldNotBeEmpty();
        }
        read.ShouldBeGreaterThan(Rounds / 20);
    }

    private static byte[] Broken(byte[] bytes, Random random)
    {
        if (bytes.Length < 2) return bytes;
        var at = random.Next(bytes.Length);
        var to = Math.Min(bytes.Length, at + random.Next(1, 60));
        var word = Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]);
        return random.Next(7) switch
        {
            0 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[to..]],
            2 => [.. bytes[..to], .. bytes[at..]],
            3 => bytes[..at],
            4 => [.. bytes[..at], .. word, .. bytes[at..]],
            5 => Renamed(bytes, random, word),
            _ => Renamed(bytes, random, []),
        };
    }

    /// <summary>The value of some attribute becomes another's, or a word: ids twice, references to nowhere, numbers that are none, with the tags left whole.</summary>
    private static byte[] Renamed(byte[] bytes, Random random, byte[] word)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var values = text.Split('"');
        if (values.Length < 4) return bytes;
        var odd = (random.Next(values.Length / 2) * 2) + 1;
        values[odd] = word.Length > 0 ? Encoding.UTF8.GetString(word).Replace("\"", "", StringComparison.Ordinal) : values[(random.Next(values.Length / 2) * 2) + 1];
        return Encoding.UTF8.GetBytes(string.Join('"', values));
    }
}
