using System.Security.Cryptography;
using Evenhand.Telephony.Live;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evenhand.Routing.Telephony;

/// <summary>A telephone system whose line this node keeps: the line, what hears it, and whose phones its members are.</summary>
internal sealed class RunningPbx : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private readonly PbxLog log;
    private readonly PbxNews news;
    private IReadOnlySet<string> routed = new HashSet<string>();
    private volatile MemberBook book = MemberBook.Empty;

    private RunningPbx(Pbx pbx, PbxTalk talk, IServiceScopeFactory scopes, PbxFloor floor, TimeProvider clock, Random chance, ILogger logger)
    {
        Pbx = pbx;
        log = new PbxLog(pbx.Name, scopes, clock, logger);
        news = new PbxNews(pbx.Name, new PbxToFloor(member => book.AgentOf(member)), (name, calls, cancel) => floor.Tell(name, pbx.Routes, calls, cancel), clock);
        Line = new PbxLine(talk, new PauseKeeper(pbx.Routes, talk.PausesByQueue), (pbx.Host.Trim('[', ']'), pbx.Port), heard =>
        {
            news.Add(heard.Facts);
            log.Add(heard.Lines);
        }, clock, chance, logger);
        running = Task.WhenAll(Line.Run(stop.Token), log.Run(stop.Token), news.Run(stop.Token));
    }

    public Pbx Pbx { get; }

    public PbxLine Line { get; }

    public MemberBook Book => book;

    /// <summary>Until when the lease lasts, as far as this node knows.</summary>
    public DateTimeOffset LeasedUntil { get; set; }

    /// <summary>What was seen when its members and queues were last kept, and when that was.</summary>
    public (PbxSeen Seen, DateTimeOffset At)? Kept { get; set; }

    /// <summary>What was written of its standing last.</summary>
    public PbxStanding? Written { get; set; }

    /// <summary>Begins; null when the secret cannot be read with the keys of this node.</summary>
    public static RunningPbx? Start(Pbx pbx, IServiceProvider services, PbxFloor floor, Random chance, ILogger logger)
    {
        string secret;
        try
        {
            secret = services.GetRequiredService<IDataProtectionProvider>().CreateProtector(AddPbx.Purpose).Unprotect(pbx.Secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
        PbxTalk talk = pbx.Kind == PbxKind.Asterisk ? new AsteriskTalk(pbx.User, secret) : new FreeSwitchTalk(secret);
        return new RunningPbx(pbx, talk, services.GetRequiredService<IServiceScopeFactory>(), floor, services.GetRequiredService<TimeProvider>(), chance, logger);
    }

    /// <summary>Says anew whose phones the members are.</summary>
    public void Adopt(MemberBook known)
    {
        book = known;
        Line.Tell(keeper => keeper.Adopt(known.Members));
        news.Reconsider();
    }

    /// <summary>Says which queues the router gives away, when that has changed.</summary>
    public void Route(IReadOnlySet<string> queues)
    {
        if (routed.SetEquals(queues)) return;
        routed = queues;
        Line.Tell(keeper => keeper.Route(queues));
    }

    /// <summary>How the line stands now, as it is written for all to see.</summary>
    public PbxStanding Standing()
    {
        var state = Line.State;
        return new PbxStanding
        {
            PbxId = Pbx.Id, IsConnected = state.IsConnected, ConnectedSince = state.IsConnected ? state.ConnectedSince : null, FullStateAt = state.FullStateAt, Ghosts = state.Ghosts, Unseen = state.Unseen,
            Deviations = state.Deviations, LinesWaiting = log.Waiting, LinesLost = log.Lost, Fault = state.Fault, FaultDetail = state.FaultDetail is { Length: > 500 } long500 ? long500[..500] : state.FaultDetail,
            FaultAt = state.FaultAt, RetryAt = state.IsConnected ? null : state.RetryAt,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }
}
