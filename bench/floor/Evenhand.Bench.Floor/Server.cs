using System.Diagnostics;
using System.Globalization;

namespace Evenhand.Bench.Floor;

/// <summary>The program under load, as a process of its own.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process process;

    public Server(string program, IEnumerable<string> arguments) => process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;

    public double ProcessorSeconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>The most memory it ever had resident.</summary>
    public double MostMegabytes => Status("VmHWM");

    public double Megabytes => Status("VmRSS");

    public static async Task Answers(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        for (var i = 0; i < 600; i++)
        {
            try
            {
                if ((await client.GetAsync("/healthz")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("the program does not answer");
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private double Status(string field) => File.Exists($"/proc/{process.Id}/status")
        ? double.Parse(File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024 : double.NaN;
}
