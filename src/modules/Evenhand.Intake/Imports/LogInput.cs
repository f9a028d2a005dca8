using System.IO.Compression;
using Evenhand.Kernel;

namespace Evenhand.Intake.Imports;

/// <summary>Where a log's bytes come from: a file, plain or gzip, which may be followed while it grows and rotates, or a stream such as the standard input.</summary>
internal sealed class LogInput : IAsyncDisposable
{
    private readonly string? path;
    private readonly bool follow;
    private Stream raw;
    private Stream text;
    private GzipTap? tap;
    private long unpacked;

    private LogInput(string name, string? path, Stream raw, bool follow)
    {
        (Name, this.path, this.raw, this.follow) = (name, path, raw, follow);
        text = raw;
    }

    /// <summary>What the import is called in the history.</summary>
    public string Name { get; }

    /// <summary>Bytes in all, as they lie on disk; null when nobody knows.</summary>
    public long? Length => raw.CanSeek && !follow ? raw.Length : null;

    /// <summary>Bytes taken until now.</summary>
    public long Position { get; private set; }

    public bool IsGzip { get; private set; }

    /// <summary>At the end: whether a compressed file was cut short.</summary>
    public bool IsCut => tap is not null && !tap.IsWhole(unpacked);

    /// <summary>True while it may yet bring more after an empty read.</summary>
    public bool IsFollowed => follow;

    /// <summary>A file by its path, or the standard input for `-`.</summary>
    public static Outcome<LogInput> Open(string path, bool follow)
    {
        if (path == "-") return Over("stdin", Console.OpenStandardInput());
        if (Directory.Exists(path)) return new Refusal("intake.is-a-directory", path);
        if (!File.Exists(path)) return new Refusal("intake.no-such-file", path);
        try
        {
            return Prepared(new LogInput(Path.GetFileName(path), path, Reopen(path), follow));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Refusal("intake.file-unreadable", path, fault.Message);
        }
    }

    /// <summary>A stream of which nothing has been read.</summary>
    public static Outcome<LogInput> Over(string name, Stream stream) => Prepared(new LogInput(name, null, stream, false));

    /// <summary>Reads the next bytes; 0 at the end, which for a followed file is only the end for now.</summary>
    public async Task<int> Read(Memory<byte> buffer, CancellationToken cancel)
    {
        var read = await text.ReadAsync(buffer, cancel);
        if (read == 0 && follow && Rotated())
        {
            await text.DisposeAsync();
            text = raw = Reopen(path!);
            HasRotated = true;
            read = await text.ReadAsync(buffer, cancel);
        }
        unpacked += read;
        Position = raw.CanSeek ? raw.Position : Position + read;
        return read;
    }

    /// <summary>Set when a followed file was replaced by another; whoever sees it ends the old one and resets this.</summary>
    public bool HasRotated { get; set; }

    public async ValueTask DisposeAsync()
    {
        await text.DisposeAsync();
        await raw.DisposeAsync();
    }

    private static Outcome<LogInput> Prepared(LogInput input)
    {
        var head = new byte[2];
        var known = input.raw.ReadAtLeast(head, 2, false);
        if (input.raw.CanSeek) input.raw.Position = 0;
        else input.text = input.raw = new Joined(head.AsMemory(0, known), input.raw);
        input.IsGzip = known == 2 && head is [0x1F, 0x8B];
        if (!input.IsGzip) return input;
        if (input.follow) return new Refusal("intake.follow-needs-a-plain-file", input.Name);
        input.tap = new GzipTap(input.raw);
        input.text = new GZipStream(input.tap, CompressionMode.Decompress);
        return input;
    }

    private static FileStream Reopen(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);

    /// <summary>True when the path names another file than the open one, or the open one was cut.</summary>
    private bool Rotated()
    {
        var open = (FileStream)raw;
        if (open.Length < open.Position) return true;
        var named = new FileInfo(path!);
        if (!named.Exists) return false;
        var before = open.Length;
        named.Refresh();
        var length = named.Length;
        return length < before || length > open.Length || File.GetCreationTimeUtc(open.SafeFileHandle) != named.CreationTimeUtc;
    }

    /// <summary>Some bytes read ahead, then the rest of a stream.</summary>
    private sealed class Joined(ReadOnlyMemory<byte> head, Stream rest) : PassingStream
    {
        private ReadOnlyMemory<byte> left = head;

        public override int Read(byte[] buffer, int offset, int count) => Ahead(buffer.AsSpan(offset, count)) is > 0 and var read ? read : rest.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Ahead(buffer.Span) is > 0 and var read ? ValueTask.FromResult(read) : rest.ReadAsync(buffer, cancellationToken);

        private int Ahead(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, left.Length);
            left.Span[..count].CopyTo(buffer);
            left = left[count..];
            return count;
        }
    }
}
