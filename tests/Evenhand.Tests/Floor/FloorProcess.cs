using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Evenhand.App;
using Evenhand.Kernel;

namespace Evenhand.Tests.Floor;

/// <summary>The real program serving a store, as a process that can be killed, paused and started again.</summary>
internal sealed class FloorProcess(StoreSettings store) : IDisposable
{
    private static readonly string Program = Path.Combine(Path.GetDirectoryName(typeof(WebHost).Assembly.Location)!, "evenhand.dll");
    private readonly List<string> said = [];
    private Process? process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>The last lines it wrote.</summary>
    public string Said
    {
        get
        {
            lock (said) return string.Join('\n', said.TakeLast(40));
        }
    }

    public void Start()
    {
        string[] arguments = [Program, "serve", "--data", store.DataDirectory, "--urls", Address.ToString(), .. store.Postgres is { } postgres ? new[] { "--postgres", $"{postgres};Pooling=true" } : []];
        // A file that may not grow is told to the program as an error, not as a signal that ends it.
        string[] command = OperatingSystem.IsWindows() ? ["dotnet", .. arguments] : ["/bin/sh", "-c", "trap '' XFSZ; exec dotnet \"$@\"", "dotnet", .. arguments];
        process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: it has no chance to finish anything.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP and SIGCONT: a machine that hangs for a while and does not know it.</summary>
    public Task Pause() => Signal("STOP");

    public Task GoOn() => Signal("CONT");

    /// <summary>No file of the program's may be longer than this: what a full disk does to a store.</summary>
    public Task Bound(long? bytes) => Tell("prlimit", $"--pid={process!.Id}", $"--fsize={bytes?.ToString(CultureInfo.InvariantCulture) ?? "unlimited"}:unlimited");

    public HttpClient Client(string cookie)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 4, PooledConnectionLifetime = TimeSpan.FromMinutes(2) }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return client;
    }

    public void Dispose()
    {
        if (process is { HasExited: false }) process.Kill();
        process?.Dispose();
    }

    private Task Signal(string name) => Tell("kill", $"-{name}", $"{process!.Id}");

    private static async Task Tell(string program, params string[] arguments)
    {
        using var told = Process.Start(program, arguments);
        await told.WaitForExitAsync();
        told.ExitCode.ShouldBe(0, program);
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (said) said.Add(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
