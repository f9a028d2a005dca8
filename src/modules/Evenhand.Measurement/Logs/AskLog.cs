using System.IO.Compression;
using Evenhand.Analytics.Intervals;
using Evenhand.Analytics.Kpis;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Figures;
using Evenhand.Measurement.Intervals;
using Evenhand.Platform.Contracts;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Measurement.Logs;

/// <summary>Figures straight from an Asterisk queue_log, without a store: one pass, one core, memory by the cells asked for and not by the length of the log.</summary>
internal static class AskLog
{
    private const int ChunkBytes = 1 << 18;

    /// <summary>Counts the file and answers the question.</summary>
    /// <param name="file">A path, gzipped or not, or `-` for standard input.</param>
    /// <param name="zoneName">IANA zone of the centre; null for the machine's.</param>
    /// <param name="question">The question; a missing period means the whole log.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static Outcome<AskFigures.Reply> Run(string file, string? zoneName, FigureQuestion question, CancellationToken cancel)
    {
        if (!TryZone(zoneName, out var zone)) return new Refusal("measurement.unknown-zone", zoneName);
        var grid = new IntervalGrid(CellStore.Seconds, zone);
        var (least, most) = (grid.StartOf(0), grid.StartOf(4_102_444_800));
        var read = question.Read(KpiDictionary.Standard, grid, (least, most));
        if (read.Refused(out var refusal)) return refusal;
        if (read.Value.By.Contains(FigureGroup.Team)) return new Refusal("measurement.no-teams-in-log");
        var asked = AskedKpi.Of(read.Value, KpiDictionary.Standard, read.Value.By.Contains(FigureGroup.Agent), Known.OfLog);
        var grain = LogGrain.Of(read.Value, grid, asked);
        var cells = new LogCells(grain);
        NameTable queues = new(), agents = new();
        try
        {
            using var log = Open(file);
            var lines = Count(log, new(new LogSink(cells), queues, agents), cancel);
            if (lines > 0 && cells.Faults == lines) return new Refusal("measurement.not-a-queue-log", file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new Refusal("measurement.unreadable-log", file, fault.Message);
        }
        if (cells.Last < cells.First) return new Refusal("measurement.no-contacts-in-log", file);
        var span = (grid.DayOf(grid.LocalDay(cells.First)).Start, grid.DayOf(grid.LocalDay(cells.Last)).End);
        var whole = question.Read(KpiDictionary.Standard, grid, span);
        if (whole.Refused(out refusal)) return refusal;
        return Answer(whole.Value, asked, cells, grain, People(zone, queues, agents));
    }

    private static long Count(Stream log, CallAssembler<LogSink> assembler, CancellationToken cancel)
    {
        var reader = new QueueLogReader<LogSink>(assembler);
        var chunk = GC.AllocateUninitializedArray<byte>(ChunkBytes);
        for (int length; (length = log.Read(chunk)) > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            reader.Read(chunk.AsSpan(0, length));
        }
        reader.EndFile();
        assembler.Flush();
        return reader.LineCount;
    }

    private static AskFigures.Reply Answer(FigureRequest request, IReadOnlyList<AskedKpi> asked, LogCells cells, LogGrain grain, OrganisationSnapshot people)
    {
        var keys = new FigureKeys(request.By, grain.Grid, people);
        var rows = new FigureRows(asked);
        AskedKpi[] pass = [.. asked];
        foreach (var (time, queue, agent, counters) in cells.All())
        {
            var key = keys.Of(grain.KeyOf(time, Id(queue), agent < 0 ? Guid.Empty : Id(agent)));
            if (grain.OnlyAnswered == agent >= 0) rows.Add(pass, key, counters);
            else rows.AddAgent(pass, key, Id(agent), counters);
        }
        var table = new FigureTable(request.From, request.To, people.Zone.Id, request.By, [.. asked.Select(a => a.Definition)], [.. keys.Sorted(rows.Rows(), r => r.Key)]);
        return new(table, new(table, people));
    }

    private static bool TryZone(string? name, out TimeZoneInfo zone)
    {
        zone = TimeZoneInfo.Local;
        if (name is null) return true;
        var found = TimeZoneInfo.TryFindSystemTimeZoneById(name, out var named);
        if (found) zone = named!;
        return found;
    }

    private static Stream Open(string file)
    {
        Stream log = file == "-" ? Console.OpenStandardInput() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.SequentialScan);
        return file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(log, CompressionMode.Decompress) : log;
    }

    /// <summary>The log's names as an organisation, so that an answer is written as one from the store.</summary>
    private static OrganisationSnapshot People(TimeZoneInfo zone, NameTable queues, NameTable agents) => new(zone, [],
        Enumerable.Range(0, agents.Count).Select(i => new Agent(Id(i), agents[i], agents[i], null, null, false)),
        Enumerable.Range(0, queues.Count).Select(i => new Queue(Id(i), queues[i], queues[i], false)), []);

    private static Guid Id(int number) => new(number + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
