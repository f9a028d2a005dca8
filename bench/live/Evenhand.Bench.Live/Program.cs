using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Evenhand.App;
using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// What it costs to draw a part of a page and send it to those who look at it. Listeners read into one buffer, so that what is counted is the server's.
var listeners = args is [var count, ..] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 100;
const int Rounds = 40;
var directory = Directory.CreateTempSubdirectory("evenhand-bench-live-");
await using var app = WebHost.Build(new WebApplicationOptions { ContentRootPath = directory.FullName }, new StoreSettings(directory.FullName), builder =>
{
    builder.Logging.ClearProviders();
    builder.Services.AddScoped<ILiveTopic, BenchTopic>();
});
app.Urls.Add("http://127.0.0.1:0");
await WebHost.Open(app, default);
await app.StartAsync();
var live = app.Services.GetRequiredService<ILivePages>();
var address = await Link();
var heard = 0;
var before = GC.GetTotalMemory(true);
var pages = await Task.WhenAll(Enumerable.Range(0, listeners).Select(_ => Listen()));
await Task.Delay(1000);
Console.WriteLine($"{listeners} listeners: {(GC.GetTotalMemory(true) - before) / listeners / 1024.0:F1} KiB of heap each, the bench's own half included");
Console.WriteLine($"{"",-34}| {"cpu µs a part",13} | {"bytes allocated a part",22}");
foreach (var parts in new[] { 1, 1, 10, 400 })
{
    await Task.Delay(1000);
    var (allocated, took) = (0L, TimeSpan.Zero);
    for (var round = 0; round < Rounds; round++)
    {
        await Task.Delay(250);
        heard = 0;
        var (bytes, start) = (GC.GetTotalAllocatedBytes(true), Process.GetCurrentProcess().TotalProcessorTime);
        for (var part = 0; part < parts; part++)
        {
            var state = $"{round}.{part}";
            live.Push("bench:1", LiveFragment.Of<DeskSample>($"desk-{part}", () => new() { ["State"] = state, ["Since"] = TimeProvider.System.GetUtcNow(), ["Short"] = true }));
        }
        live.Signal("bench:1", "end");
        await Heard(listeners);
        (allocated, took) = (allocated + GC.GetTotalAllocatedBytes(true) - bytes, took + Process.GetCurrentProcess().TotalProcessorTime - start);
    }
    Console.WriteLine($"{$"{parts} parts at once to {listeners}",-34}| {took.TotalMicroseconds / Rounds / parts,13:F0} | {allocated / Rounds / parts,22:N0}");
}
foreach (var page in pages) page.Abort();
await app.StopAsync();
directory.Delete(true);

async Task<Uri> Link()
{
    await using var scope = app.Services.CreateAsyncScope();
    scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Access.System("bench"));
    var made = await scope.ServiceProvider.GetRequiredService<IShareKeys>().Make(new NewShareKey("bench", "bench:1", "/bench", "platform.organisation-read", null, null), default);
    return new Uri(app.Urls.First().Replace("http:", "ws:", StringComparison.Ordinal) + "/live?" + made.Value.Address.Split('?')[1]);
}

async Task<ClientWebSocket> Listen()
{
    var socket = new ClientWebSocket();
    await socket.ConnectAsync(address, default);
    await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, default);
    await socket.SendAsync(Encoding.UTF8.GetBytes("{\"type\":1,\"target\":\"Join\",\"arguments\":[\"bench:1\"]}\u001e"), WebSocketMessageType.Text, true, default);
    _ = Read(socket);
    return socket;
}

async Task Read(ClientWebSocket socket)
{
    var buffer = new byte[64 * 1024];
    try
    {
        while (true)
        {
            var text = false;
            ValueWebSocketReceiveResult got;
            do
            {
                got = await socket.ReceiveAsync(buffer.AsMemory(), default);
                text |= buffer.AsSpan(0, got.Count).IndexOf("\"end\""u8) >= 0;
            }
            while (!got.EndOfMessage);
            if (text) Interlocked.Increment(ref heard);
        }
    }
    catch (Exception)
    {
        // The bench is over.
    }
}

async Task Heard(int messages)
{
    while (Volatile.Read(ref heard) < messages) await Task.Delay(1);
}

internal sealed class BenchTopic : ILiveTopic
{
    public string Kind => "bench";

    public Task<bool> May(Access access, string id, CancellationToken cancel) => Task.FromResult(true);
}
