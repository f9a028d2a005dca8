namespace Evenhand.DemoCentre;

/// <summary>The special causes put into the made-up centre, so that a diagnosis can be checked against the truth.</summary>
/// <param name="ScriptRelease">From this day contacts of <paramref name="ScriptQueue"/> take <paramref name="ScriptFactor"/> times as long: a new script.</param>
/// <param name="ScriptQueue">The queue with the new script.</param>
/// <param name="ScriptFactor">How much longer.</param>
/// <param name="PeakBreakTeam">In this team three people leave for long breaks at the peak.</param>
/// <param name="PeakBreakers">Who they are.</param>
/// <param name="IdleTeam">This team waits much and hardly rests: too many people for its load.</param>
/// <param name="ShortCaller">Hangs up on one contact in four within seconds.</param>
/// <param name="Outage">On this day 10:00–13:00 half again as many customers call.</param>
public sealed record Hidden(DateOnly ScriptRelease, string ScriptQueue, double ScriptFactor, string PeakBreakTeam, IReadOnlyList<string> PeakBreakers, string IdleTeam, string ShortCaller, DateOnly Outage)
{
    internal static Hidden Hide(DemoSettings settings, List<DemoAgent> agents, Random chance)
    {
        var days = 7 * settings.Weeks;
        var team = agents.First(a => a.Pool.Code == "service").Team;
        var breakers = agents.Where(a => a.Team == team && a.LeftOn is null).Take(3).ToList();
        foreach (var agent in breakers) (agent.BreakShare, agent.BreaksAtPeak) = (0.15, true);
        foreach (var agent in agents.Where(a => a.Pool.Code == "vip")) agent.BreakShare = 0.04;
        var shortCaller = agents.Last(a => a.Pool.Code != "vip" && a.LeftOn is null);
        shortCaller.HangsUp = true;
        var outage = settings.From.AddDays(Math.Max(1, days / 3 + chance.Next(-2, 3)));
        return new Hidden(settings.From.AddDays(days * 3 / 5), "presales", 1.18, team, [.. breakers.Select(a => a.Code)], "vip-1", shortCaller.Code, outage);
    }

    /// <summary>The causes in words, one a line.</summary>
    public IEnumerable<string> Tell()
    {
        yield return $"1. {ScriptRelease:yyyy-MM-dd} 起，队列 {ScriptQueue} 换了新话术，通话时长 ×{ScriptFactor} / a new script: talk in {ScriptQueue} ×{ScriptFactor} from that day";
        yield return $"2. 班组 {PeakBreakTeam}：{string.Join("、", PeakBreakers)} 在高峰长时间小休 / long breaks at the peak in team {PeakBreakTeam}";
        yield return $"3. 班组 {IdleTeam}：小休极少、候机很多 / team {IdleTeam} hardly rests and waits much: too many people for its load";
        yield return $"4. 坐席 {ShortCaller}：四分之一的来电几秒内挂断 / agent {ShortCaller} hangs up on one contact in four within seconds";
        yield return $"5. {Outage:yyyy-MM-dd} 10:00–13:00 来电量 ×1.5 / half again as many contacts";
    }
}
