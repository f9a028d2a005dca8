using System.Globalization;
using System.Text;

namespace Evenhand.Intake.Imports;

/// <summary>The lines an import could not use, each with its number and the reason, in a file of the data directory. Made when the first comes.</summary>
internal sealed class RejectsFile(string dataDirectory, Guid import) : IAsyncDisposable
{
    /// <summary>More lines than anybody reads are only counted.</summary>
    private const int Most = 1_000_000;

    private StreamWriter? file;
    private int written;

    /// <summary>Path below the data directory; null while nothing was rejected.</summary>
    public string? Name { get; private set; }

    public static string PathOf(string dataDirectory, string name) => Path.Combine(dataDirectory, name);

    public async Task Write(IEnumerable<Reject> rejects, CancellationToken cancel)
    {
        foreach (var reject in rejects)
        {
            if (written++ >= Most) return;
            file ??= await Open();
            await file.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{reject.Line}\t{reject.Reason}\t{(reject.Kept ? "kept" : "rejected")}\t{reject.Text}").AsMemory(), cancel);
        }
    }

    public Task Flush(CancellationToken cancel) => file?.FlushAsync(cancel) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (file is not null) await file.DisposeAsync();
    }

    private async Task<StreamWriter> Open()
    {
        Name = Path.Combine("intake", "rejects", $"{import}.tsv");
        var path = PathOf(dataDirectory, Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var made = new StreamWriter(path, false, new UTF8Encoding(false));
        await made.WriteLineAsync("line\treason\tkept\ttext");
        return made;
    }
}
