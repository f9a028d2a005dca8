using Evenhand.Intake.Columns;
using Evenhand.Kernel;

namespace Evenhand.Intake.Imports;

/// <summary>The feed for each format.</summary>
internal static class LogFeeds
{
    public static Outcome<LineFeed> Open(ImportLog.Request request, TimeZoneInfo zone)
    {
        var named = request.Encoding ?? request.Map?.Encoding;
        var encoding = named is null or "auto" ? null : LineDecoder.ByName(named);
        if (encoding is null && named is not (null or "auto")) return new Refusal("intake.unknown-encoding", named);
        var decoder = new LineDecoder(encoding);
        if (request.Map?.Zone is { } other)
        {
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(other, out var found)) return new Refusal("intake.unknown-zone", other);
            zone = found;
        }
        return request.Format switch
        {
            Archive.ImportFormat.QueueLog => new QueueLogFeed(decoder, zone),
            Archive.ImportFormat.CallRecords when request.Map is null => new Refusal("intake.map-missing"),
            Archive.ImportFormat.CallRecords => new CallRecordFeed(decoder, zone, request.Map),
            _ => new StateLogFeed(decoder, zone, request.Map ?? ColumnMap.ForStates),
        };
    }
}
