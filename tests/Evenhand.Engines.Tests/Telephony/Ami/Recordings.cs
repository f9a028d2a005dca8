using System.IO.Compression;
using Evenhand.Telephony.Ami;

namespace Evenhand.Engines.Tests.Telephony.Ami;

/// <summary>What an AMI client of a real Asterisk received, before (1) and after (2) its connection was cut for four seconds.</summary>
internal static class Recordings
{
    public static byte[] Bytes(int part)
    {
        using var gzip = new GZipStream(new MemoryStream(SharedLogs.Read($"asterisk/live/ami-{part}.txt.gz")), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static List<AmiMessage> Messages(int part)
    {
        var messages = new List<AmiMessage>();
        new AmiReader().Read(Bytes(part), messages);
        return messages;
    }
}
