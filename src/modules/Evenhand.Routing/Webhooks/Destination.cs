using System.Net;
using System.Net.Sockets;
using Evenhand.Kernel;
using Microsoft.Extensions.Configuration;

namespace Evenhand.Routing.Webhooks;

/// <summary>Where the program lets itself be sent: http and https, and no address inside the house unless the configuration allows it. Checked on the address that is connected to, so that a name cannot lie.</summary>
internal sealed class Destination(IConfiguration configuration) : IDisposable
{
    /// <summary>Networks that are not the public Internet.</summary>
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private HttpClient? client;

    public HttpClient Client => client ??= new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = Connect, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = Patience,
    };

    /// <summary>Read at every use, so that a change of the configuration holds at once.</summary>
    private bool AllowsInside => configuration.GetValue<bool>("Routing:Webhooks:AllowPrivate");

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Inside.Any(network => network.Contains(plain));
    }

    /// <summary>Why an address cannot be registered.</summary>
    public Refusal? Problem(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0) return new Refusal("routing.webhook-url", url);
        var inside = uri.IsLoopback || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && !IsPublic(address));
        return inside && !AllowsInside ? new Refusal("routing.webhook-private", uri.Host) : null;
    }

    public void Dispose() => client?.Dispose();

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        var allowed = addresses.Where(a => AllowsInside || IsPublic(a)).ToArray();
        if (allowed.Length == 0) throw new UnauthorizedAccessException($"{context.DnsEndPoint.Host} leads to a private address.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
