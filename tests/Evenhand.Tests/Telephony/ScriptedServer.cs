using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Evenhand.Tests.Telephony;

/// <summary>
/// A server on loopback that plays one script for each connection, in the order they come; the last is played for all that follow. The client's requests, whole ones only, are heard
/// between the steps.
/// </summary>
public abstract class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _requests = [];
    private readonly Task _running;

    private protected ScriptedServer(Func<Connection, Task>[] scripts)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _running = Run(scripts);
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>How many connections came.</summary>
    public int Connections { get; private set; }

    /// <summary>What a script failed with; null when none did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Every request received so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task Run(Func<Connection, Task>[] scripts)
    {
        var playing = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                playing.Add(Play(client, scripts[Math.Min(Connections++, scripts.Length - 1)]));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(playing);
        }
    }

    private async Task Play(TcpClient client, Func<Connection, Task> script)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await script(new(client.GetStream(), Heard, _stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The client went, or the test is over: both are ways for a script to end.
            }
            catch (Exception e) when (e is InvalidOperationException)
            {
                Failure = e;
            }
        }
    }

    private void Heard(string request)
    {
        lock (_requests)
            _requests.Add(request);
    }

    /// <summary>One connection as a script sees it. When the script ends, the connection is closed.</summary>
    public sealed class Connection(NetworkStream stream, Action<string> heard, CancellationToken stop)
    {
        private string _rest = "";

        /// <summary>Ends when the test does.</summary>
        public CancellationToken Stop => stop;

        /// <summary>Sends text at once.</summary>
        public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text));

        /// <summary>Sends bytes at once.</summary>
        public async Task Send(byte[] bytes) => await stream.WriteAsync(bytes, stop);

        /// <summary>Sends text a few bytes at a time, each in a packet of its own.</summary>
        public async Task Trickle(string text, int width = 3)
        {
            foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(width))
            {
                await Send(part);
                await stream.FlushAsync(stop);
                await Task.Yield();
            }
        }

        /// <summary>Waits for the next request: everything up to a blank line.</summary>
        public async Task<string> Request()
        {
            var buffer = new byte[4096];
            while (true)
            {
                var text = _rest.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\n');
                var end = text.IndexOf("\n\n", StringComparison.Ordinal);
                if (end >= 0)
                {
                    _rest = text[(end + 2)..];
                    heard(text[..end]);
                    return text[..end];
                }
                var read = await stream.ReadAsync(buffer, stop);
                if (read == 0)
                    throw new IOException("The client closed the connection.");
                _rest += Encoding.UTF8.GetString(buffer, 0, read);
            }
        }

        /// <summary>Says that no more comes. Closing at once, with requests unread, would make the client's system drop what it has not read yet.</summary>
        public void Finish() => stream.Socket.Shutdown(SocketShutdown.Send);

        /// <summary>Keeps the connection open and silent until the test is over.</summary>
        public Task Hang() => Task.Delay(Timeout.Infinite, stop);
    }
}
