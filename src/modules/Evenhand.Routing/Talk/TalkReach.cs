using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;

namespace Evenhand.Routing.Talk;

/// <summary>Which units somebody reaches, whose agents stand in them today, and which topics tell of them.</summary>
internal sealed class TalkReach(IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    /// <summary>Now, as finely as every store keeps it.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    public Task<OrganisationSnapshot> Centre(CancellationToken cancel) => organisation.Read(cancel);

    public DateOnly Today(OrganisationSnapshot centre) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), centre.Zone).DateTime);

    public async Task<Guid?> TeamOf(Guid agent, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        return centre.TeamOf(agent, Today(centre));
    }

    /// <summary>Whether the permission holds over the unit.</summary>
    public bool Over(string permission, Guid? unit) => current.Access.ScopeOf(permission) is var scope && (scope.All || (unit is { } u && scope.Units.Contains(u)));

    /// <summary>The units a permission holds over; null for all.</summary>
    public IReadOnlyCollection<Guid>? Units(string permission) => current.Access.ScopeOf(permission) is var scope && scope.All ? null : scope.Units.ToArray();

    /// <summary>The unit and every one above it.</summary>
    public static IEnumerable<Guid> Above(OrganisationSnapshot centre, Guid? unit)
    {
        for (var at = unit; at is { } id && centre.Units.TryGetValue(id, out var found); at = found.ParentId) yield return id;
    }

    /// <summary>The topmost units of a scope as topics of a kind, so that a page listens to few; `kind:all` for everything.</summary>
    public static string Topics(string kind, Scope scope, OrganisationSnapshot centre) => scope.All ? $"{kind}:all"
        : string.Join(' ', scope.Units.Where(u => centre.Units.TryGetValue(u, out var unit) && (unit.ParentId is not { } parent || !scope.Units.Contains(parent))).Select(u => $"{kind}:{u}"));

    /// <summary>Agents who work today in one of the units or below.</summary>
    public IReadOnlyList<Guid> AgentsOf(OrganisationSnapshot centre, IEnumerable<Guid> units)
    {
        var (below, today) = (units.SelectMany(u => centre.Below(u)).ToHashSet(), Today(centre));
        return [.. centre.Agents.Values.Where(a => a.Placed && (a.LeftOn is not { } left || today < left) && centre.TeamOf(a.Id, today) is { } team && below.Contains(team)).OrderBy(a => a.Code, StringComparer.Ordinal).Select(a => a.Id)];
    }
}

/// <summary>Tells the pages that look at a unit, and the desk of an agent, to look again.</summary>
internal sealed class TalkNews(ILivePages live, IDesks desks, IOrganisation organisation)
{
    public const string Help = "help";
    public const string CallBacks = "call-backs";

    /// <summary>To whoever looks at the unit or one above it.</summary>
    public async Task Tell(string kind, Guid? unit, string? signal, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        foreach (var topic in TalkReach.Above(centre, unit).Select(u => $"{kind}:{u}").Append($"{kind}:all"))
        {
            if (!live.HasListeners(topic)) continue;
            if (signal is not null) live.Signal(topic, signal);
            live.Refresh(topic);
        }
    }

    public void Desk(Guid agent) => desks.Redraw(agent);
}

/// <summary>Cries for help as those hear them who may answer.</summary>
internal sealed class HelpTopic : ILiveTopic
{
    public string Kind => TalkNews.Help;

    public Task<bool> May(Access access, string id, CancellationToken cancel) => Task.FromResult(Covers(access.ScopeOf(Rights.Help), id));

    public static bool Covers(Scope scope, string id) => scope.All || (Guid.TryParse(id, out var unit) && scope.Units.Contains(unit));
}

/// <summary>Promises and call-back modes as those hear them who look after them.</summary>
internal sealed class CallBackTopic : ILiveTopic
{
    public string Kind => TalkNews.CallBacks;

    public Task<bool> May(Access access, string id, CancellationToken cancel) => Task.FromResult(HelpTopic.Covers(access.ScopeOf(Rights.CallBacks), id));
}
