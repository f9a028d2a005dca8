using System.Globalization;
using System.Text;
using Evenhand.Intake.Contracts;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Intake.Imports;

/// <summary>A call-detail record as it is kept in a call's trail: <c>CDR|entered|queue|agent|customer|connected|ended|wait|ring|talk|hold|after|outcome|endedBy</c>, names percent-encoded.</summary>
internal static class CallRecordLine
{
    private const int Fields = 14;

    public static bool IsOne(ReadOnlySpan<byte> trail) => trail.StartsWith("CDR|"u8);

    public static byte[] Write(string queue, string? agent, string? customer, in ToldStay stay) => Encoding.UTF8.GetBytes(string.Join('|',
    [
        "CDR", Number(stay.EnteredAt), Name(queue), Name(agent), Name(customer), Number(stay.ConnectedAt), Number(stay.EndedAt), Number(stay.Wait), Number(stay.Ring),
        Number(stay.Talk), Number(stay.Hold), Number(stay.AfterContact), stay.Outcome.ToString(), stay.EndedBy.ToString(),
    ]) + "\n");

    public static void Tell(ReadOnlySpan<byte> trail, NameTable queues, NameTable agents, List<ToldStay> stays)
    {
        foreach (var line in Lines(trail))
        {
            var fields = line.Split('|');
            if (fields.Length != Fields) continue;
            stays.Add(new ToldStay(Intern(queues, fields[2]), fields[3].Length == 0 ? -1 : Intern(agents, fields[3]), fields[4].Length == 0 ? null : Uri.UnescapeDataString(fields[4]),
                Read(fields[1])!.Value, Read(fields[5]), Read(fields[6]), (int)Read(fields[7])!.Value, (int)Read(fields[8])!.Value, (int)Read(fields[9])!.Value, (int)Read(fields[10])!.Value,
                (int?)Read(fields[11]), Enum.Parse<ContactOutcome>(fields[12]), Enum.Parse<ContactEnd>(fields[13]), 0));
        }
    }

    /// <summary>The records of both; one of the same queue and second takes the place of the older form, for it corrects it.</summary>
    public static byte[] Join(ReadOnlySpan<byte> known, ReadOnlySpan<byte> more)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Lines(known).Concat(Lines(more))) lines[string.Join('|', line.Split('|')[..3])] = line;
        return Encoding.UTF8.GetBytes(string.Concat(lines.Values.Select(l => l + "\n")));
    }

    private static string[] Lines(ReadOnlySpan<byte> trail) =>
        [.. Encoding.UTF8.GetString(trail).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.StartsWith("CDR|", StringComparison.Ordinal))];

    private static int Intern(NameTable names, string name) => names.Intern(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(name)));

    private static string Name(string? name) => name is null ? "" : Uri.EscapeDataString(name);

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static long? Read(string text) => text.Length == 0 ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
