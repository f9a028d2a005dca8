using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Channel = Evenhand.Dispatch.Queues.Channel;

namespace Evenhand.Routing.Telephony;

/// <summary>The telephone systems whose lines this node keeps.</summary>
internal sealed class PbxLines
{
    private volatile Dictionary<Guid, RunningPbx> running = [];

    public IReadOnlyCollection<RunningPbx> All => running.Values;

    public RunningPbx? Of(Guid pbx) => running.GetValueOrDefault(pbx);

    public RunningPbx? Named(string name) => running.Values.FirstOrDefault(r => r.Pbx.Name == name);

    public void Put(RunningPbx pbx) => running = new(running) { [pbx.Pbx.Id] = pbx };

    public void Remove(Guid pbx) => running = running.Where(r => r.Key != pbx).ToDictionary();
}

/// <summary>
/// Sees to it that each telephone system's line is kept by one node: takes and renews the leases, begins lines, ends them when a system is changed or another node has it, keeps what members and
/// queues were seen, and writes how each line stands. Used by one loop.
/// </summary>
internal sealed partial class TendPbxs(IServiceProvider services, PbxLines lines, PbxCommands commands, LiveFloor floor, PbxFloor news, TimeProvider clock, ILogger<TendPbxs> log)
{
    public const string LeasePrefix = "routing.pbx.";
    private const string Unreadable = "secret-unreadable";
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(15), Renewal = TimeSpan.FromSeconds(5);
    private readonly Guid holder = Guid.CreateVersion7();
    private readonly Random chance = new();

    public static string LeaseName(Guid pbx) => LeasePrefix + pbx.ToString("N");

    /// <summary>Makes the floor ask here whose phone is known.</summary>
    public void Introduce() => (floor.HasPhone, floor.IsPbx) = (agent => lines.All.Any(r => r.Book.MembersOf(agent).Any()), source => lines.Named(source) is not null);

    /// <summary>One round.</summary>
    public async Task Run(CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Access.System("telephony"));
        var db = scope.ServiceProvider.GetRequiredService<EvenhandDb>();
        var wanted = await db.Pbxs.AsNoTracking().Where(p => p.EndedAt == null).ToDictionaryAsync(p => p.Id, cancel);
        foreach (var kept in lines.All)
            if (!wanted.TryGetValue(kept.Pbx.Id, out var now) || now.Version != kept.Pbx.Version) await End(db, kept, now is { Routes: true }, cancel);
        var centre = await scope.ServiceProvider.GetRequiredService<IOrganisation>().Read(cancel);
        // The lines are where the floor is, for they speak with each other all the time.
        var moment = clock.GetUtcNow();
        var isElsewhere = !floor.Now().IsRunning && await db.Set<Lease>().AnyAsync(l => l.Name == FloorLease.Name && l.Until > moment, cancel);
        var routed = floor.Now() is { IsRunning: true } running
            ? running.Queues.Values.Where(q => q.Channel == Channel.Call && centre.Queues.ContainsKey(q.QueueId)).Select(q => centre.Queues[q.QueueId].Code).ToHashSet() : null;
        foreach (var pbx in wanted.Values)
        {
            if (!await Hold(db, pbx.Id, isElsewhere, cancel)) continue;
            if (lines.Of(pbx.Id) is { } kept) await Keep(scope.ServiceProvider, db, kept, centre, cancel);
            else await Begin(db, pbx, centre, cancel);
            if (routed is not null) lines.Of(pbx.Id)?.Route(routed);
        }
    }

    /// <summary>Ends all lines and gives their leases back, so that another node need not wait.</summary>
    public async Task EndAll()
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvenhandDb>();
        foreach (var kept in lines.All)
        {
            lines.Remove(kept.Pbx.Id);
            await kept.DisposeAsync();
            await Write(db, kept, CancellationToken.None);
            await Lease.Release(db, LeaseName(kept.Pbx.Id), holder, CancellationToken.None);
        }
    }

    /// <summary>Lines whose lease ran out unrenewed are ended, whatever keeps the store away: another node may have them.</summary>
    public async Task EndLapsed()
    {
        foreach (var kept in lines.All.Where(k => k.LeasedUntil <= clock.GetUtcNow()))
        {
            lines.Remove(kept.Pbx.Id);
            await kept.DisposeAsync();
        }
    }

    private async Task<bool> Hold(EvenhandDb db, Guid pbx, bool isElsewhere, CancellationToken cancel)
    {
        var (kept, now) = (lines.Of(pbx), clock.GetUtcNow());
        if (kept is not null && kept.LeasedUntil - now > LeaseLength - Renewal) return true;
        if (!isElsewhere && await Lease.Take(db, LeaseName(pbx), holder, LeaseLength, clock, cancel))
        {
            if (kept is not null) kept.LeasedUntil = now + LeaseLength;
            return true;
        }
        if (kept is null) return false;
        lines.Remove(pbx);
        await kept.DisposeAsync();
        await Lease.Release(db, LeaseName(pbx), holder, cancel);
        return false;
    }

    private async Task Begin(EvenhandDb db, Pbx pbx, OrganisationSnapshot centre, CancellationToken cancel)
    {
        if (RunningPbx.Start(pbx, services, news, chance, log) is not { } begun)
        {
            if (!await db.PbxStandings.AnyAsync(s => s.PbxId == pbx.Id && s.Fault == Unreadable, cancel))
                await Write(db, new PbxStanding { PbxId = pbx.Id, Fault = Unreadable, FaultAt = clock.GetUtcNow() }, cancel);
            return;
        }
        begun.LeasedUntil = clock.GetUtcNow() + LeaseLength;
        begun.Adopt(new MemberBook(await db.PbxMembers.AsNoTracking().Where(m => m.PbxId == pbx.Id).ToListAsync(cancel), centre));
        lines.Put(begun);
        commands.Remind(begun);
        Began(log, pbx.Name, pbx.Host, pbx.Port);
    }

    private async Task Keep(IServiceProvider scope, EvenhandDb db, RunningPbx kept, OrganisationSnapshot centre, CancellationToken cancel)
    {
        await Write(db, kept, cancel);
        var (seen, now) = (kept.Line.Seen, clock.GetUtcNow());
        if (kept.Kept is { } last && last.Seen == seen && now - last.At < Renewal) return;
        var known = await db.PbxMembers.Where(m => m.PbxId == kept.Pbx.Id).ToDictionaryAsync(m => m.Member, cancel);
        foreach (var (member, name) in seen.Members.Where(m => m.Member.Length <= 200 && m.Name.Length <= 200))
        {
            if (!known.TryGetValue(member, out var row)) db.Add(known[member] = row = new PbxMember { PbxId = kept.Pbx.Id, Member = member });
            row.Name = name == member ? null : name;
        }
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        var codes = centre.Queues.Values.Select(q => q.Code).ToHashSet();
        if (seen.Queues.Where(q => !codes.Contains(q)).ToList() is { Count: > 0 } strange)
            await scope.GetRequiredService<IOrganisation>().EnsureQueues(strange, kept.Pbx.Name, cancel);
        kept.Adopt(new MemberBook(known.Values, centre));
        commands.Remind(kept);
        kept.Kept = (seen, now);
    }

    private async Task End(EvenhandDb db, RunningPbx kept, bool routes, CancellationToken cancel)
    {
        if (kept.Pbx.Routes && !routes) await kept.Line.LetGo();
        lines.Remove(kept.Pbx.Id);
        await kept.DisposeAsync();
        await Write(db, kept, cancel);
        Over(log, kept.Pbx.Name);
    }

    private static async Task Write(EvenhandDb db, RunningPbx kept, CancellationToken cancel)
    {
        var now = kept.Standing();
        if (kept.Written is { } last && Same(last, now)) return;
        await Write(db, now, cancel);
        kept.Written = now;
    }

    private static async Task Write(EvenhandDb db, PbxStanding now, CancellationToken cancel)
    {
        if (await db.PbxStandings.AsNoTracking().AnyAsync(s => s.PbxId == now.PbxId, cancel)) db.Update(now);
        else db.Add(now);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private static bool Same(PbxStanding a, PbxStanding b) =>
        (a.IsConnected, a.ConnectedSince, a.FullStateAt, a.Ghosts, a.Unseen, a.Deviations, a.LinesWaiting) == (b.IsConnected, b.ConnectedSince, b.FullStateAt, b.Ghosts, b.Unseen, b.Deviations, b.LinesWaiting)
        && (a.LinesLost, a.Fault, a.FaultDetail, a.FaultAt, a.RetryAt) == (b.LinesLost, b.Fault, b.FaultDetail, b.FaultAt, b.RetryAt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Keeping the line to {Name} at {Host}:{Port}")]
    private static partial void Began(ILogger log, string name, string host, int port);

    [LoggerMessage(Level = LogLevel.Information, Message = "The line to {Name} is ended")]
    private static partial void Over(ILogger log, string name);
}
