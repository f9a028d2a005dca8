using System.Text;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Columns;
using Evenhand.Intake.Contracts;
using Evenhand.Intake.Imports;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Intake;

/// <summary>Imports texts and files into a test centre, and shows what the store then holds by names, so that two stores can be compared.</summary>
internal static class Imports
{
    public static Task<Outcome<ImportRow>> Import(this TestCentre centre, byte[] log, ImportFormat format = ImportFormat.QueueLog, ColumnMap? map = null, string? encoding = null, string name = "log") =>
        centre.Do(services => services.GetRequiredService<ImportLog>().Run(new ImportLog.Request(format, "pbx", encoding, map), LogInput.Over(name, new MemoryStream(log)).Value, null, default));

    public static Task<Outcome<ImportRow>> Import(this TestCentre centre, string log, ImportFormat format = ImportFormat.QueueLog, ColumnMap? map = null) =>
        centre.Import(Encoding.UTF8.GetBytes(log), format, map);

    public static async Task<Outcome<ImportRow>> ImportFile(this TestCentre centre, string path, ColumnMap? map = null)
    {
        if (LogInput.Open(path, false).Refused(out var refusal, out var input)) return refusal;
        await using (input)
            return await centre.Do(services => services.GetRequiredService<ImportLog>().Run(
                new ImportLog.Request(map is null ? ImportFormat.QueueLog : ImportFormat.CallRecords, "pbx", null, map), input, null, default));
    }

    public static ColumnMap Map(string yaml) => ColumnMap.Read("map.yaml", new StringReader(yaml)).Value;

    /// <summary>Contacts as text, one a line, ordered by id: equal texts, equal stores.</summary>
    public static Task<string> Contacts(this TestCentre centre) => centre.Do(async services =>
    {
        var (queues, agents) = await Names(services);
        var rows = await services.GetRequiredService<EvenhandDb>().Contacts.AsNoTracking().ToListAsync();
        return string.Join('\n', rows.OrderBy(c => c.Id.ToString(), StringComparer.Ordinal).Select(c => FormattableString.Invariant(
            $"{c.Id} {c.CallId} {queues[c.QueueId]} {(c.AgentId is { } a ? agents[a] : "-")} {c.Customer} {c.EnteredAt} {c.ConnectedAt} {c.EndedAt} {c.Wait} {c.Ring} {c.Talk} {c.Hold} {c.AfterContact} {c.Outcome} {c.EndedBy} {c.RingNoAnswers} {c.Lingers}")));
    });

    /// <summary>Derived and told states as text, one a line.</summary>
    public static Task<string> States(this TestCentre centre) => centre.Do(async services =>
    {
        var (_, agents) = await Names(services);
        var rows = await services.GetRequiredService<EvenhandDb>().States.AsNoTracking().ToListAsync();
        return string.Join('\n', rows.Select(s => FormattableString.Invariant($"{agents[s.AgentId]} {s.State} {s.Reason} {s.Start} {s.End}")).Order(StringComparer.Ordinal));
    });

    public static Task<List<Contact>> During(this TestCentre centre, long from, long to) => centre.Do(async services =>
    {
        var found = new List<Contact>();
        await foreach (var contact in services.GetRequiredService<IIntake>().ContactsDuring(from, to, default)) found.Add(contact);
        return found;
    });

    public static string[] Rejects(this TestCentre centre, ImportRow import) =>
        import.Rejects is null ? [] : File.ReadAllLines(RejectsFile.PathOf(centre.Directory, import.Rejects))[1..];

    private static async Task<(Dictionary<Guid, string> Queues, Dictionary<Guid, string> Agents)> Names(IServiceProvider services)
    {
        var centre = await services.GetRequiredService<IOrganisation>().Read(default);
        return (centre.Queues.ToDictionary(q => q.Key, q => q.Value.Code), centre.Agents.ToDictionary(a => a.Key, a => a.Value.Code));
    }
}
