namespace Evenhand.Telephony.QueueLogs;

/// <summary>
/// How a router outside the PBX keeps a member back between its offers: by a pause that says nothing of the person. Read from a log, such a pause is the end of whatever pause was before, so that
/// a log of a PBX whose calls are given from outside tells breaks and not the router's work.
/// </summary>
public static class RouterPause
{
    /// <summary>The reason such a pause carries in the PBX and its log, compared byte for byte.</summary>
    public const string Reason = "evenhand";

    internal static ReadOnlySpan<byte> Bytes => "evenhand"u8;
}
