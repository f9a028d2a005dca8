using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;

namespace Evenhand.Workforce.Roster;

/// <summary>One line of a roster as it was sent: not yet held against anything.</summary>
/// <param name="Number">Its line in the file, or its place in the list from 1.</param>
internal sealed record DutyLine(int Number, string? Agent, DateOnly? Day, string? From, string? To, string? Shift);

/// <summary>Holds lines of a roster against the centre's people, shifts and clock; pure.</summary>
internal sealed class DutyPlan(OrganisationSnapshot centre, ShiftList shifts, Scope scope, Texts texts)
{
    private readonly Dictionary<string, Agent> byCode = centre.Agents.Values.ToDictionary(a => a.Code, StringComparer.OrdinalIgnoreCase);
    private readonly List<string> problems = [];

    /// <summary>What is wrong, each with its line and the mend.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Who is named by code, within the scope; others are problems of line <paramref name="line"/>.</summary>
    public Agent? Find(string? code, int line, DateOnly day)
    {
        if (string.IsNullOrWhiteSpace(code)) return Problem(line, "workforce.agent-missing");
        if (!byCode.TryGetValue(code.Trim(), out var agent)) return Problem(line, "workforce.agent-unknown", code);
        if (agent.LeftOn is { } left && left <= day) return Problem(line, "workforce.agent-left", code, left.ToString("yyyy-MM-dd", null));
        return centre.Covers(scope, agent.Id, day) ? agent : Problem(line, "workforce.agent-beyond.not-allowed", code);
    }

    /// <summary>The duties of the lines; problems are gathered.</summary>
    public IReadOnlyList<(int Number, Duty Duty)> Read(IEnumerable<DutyLine> lines)
    {
        var duties = new List<(int Number, Duty Duty)>();
        foreach (var line in lines)
        {
            if (line.Day is not { } day)
            {
                Problem(line.Number, "workforce.date-missing");
                continue;
            }
            if (Find(line.Agent, line.Number, day) is not { } agent || Hours(line) is not { } hours) continue;
            duties.Add((line.Number, new Duty { Id = Guid.CreateVersion7(), AgentId = agent.Id, Start = centre.At(day, hours.From), End = centre.At(day, hours.To), Shift = hours.Shift }));
        }
        Overlaps(duties, []);
        return duties;
    }

    /// <summary>Looks for two duties of one person at once, among the new ones and those that stay.</summary>
    public void Overlaps(IEnumerable<(int Number, Duty Duty)> duties, IEnumerable<Duty> stay)
    {
        foreach (var own in duties.Concat(stay.Select(s => (Number: 0, Duty: s))).GroupBy(d => d.Duty.AgentId))
        {
            var (number, before) = (0, (Duty?)null);
            foreach (var (at, duty) in own.OrderBy(d => d.Duty.Start))
            {
                if (before is not null && duty.Start < before.End && at + number > 0)
                    Problem(at > 0 ? at : number, "workforce.duty-overlaps", centre.Agents[duty.AgentId].Code, $"{centre.Local(before.Start):MM-dd HH:mm}–{centre.Clock(before.End, true)}", $"{centre.Local(duty.Start):MM-dd HH:mm}–{centre.Clock(duty.End, true)}");
                (number, before) = (at, duty);
            }
        }
    }

    private (int From, int To, string Shift)? Hours(DutyLine line)
    {
        var shift = shifts.Of(line.Shift?.Trim());
        if (string.IsNullOrWhiteSpace(line.From) && string.IsNullOrWhiteSpace(line.To))
        {
            if (shift is not null) return (shift.Start, shift.End, shift.Code);
            Problem(line.Number, "workforce.shift-unknown", line.Shift ?? "", string.Join(texts["workforce.and"], shifts.All.Select(s => s.Name)));
            return null;
        }
        if (CentreTime.Minutes(line.From) is not { } from || from == 24 * 60) return Unreadable(line.Number, line.From);
        if (CentreTime.Minutes(line.To) is not { } to) return Unreadable(line.Number, line.To);
        if (to <= from) to += 24 * 60;
        if (to - from > Duty.Longest.TotalMinutes)
        {
            Problem(line.Number, "workforce.duty-too-long", $"{line.From}–{line.To}", (int)Duty.Longest.TotalHours);
            return null;
        }
        return (from, to, (shift ?? shifts.At(from, to))?.Code ?? "");
    }

    private (int, int, string)? Unreadable(int line, string? time)
    {
        Problem(line, "workforce.time-unreadable", time);
        return null;
    }

    private Agent? Problem(int line, string key, params object?[] args)
    {
        problems.Add(texts["workforce.line", line, texts[key, args]]);
        return null;
    }
}
