using Evenhand.Kernel;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Roster;

/// <summary>The centre's shifts: its own, or morning, afternoon and night until it says otherwise.</summary>
internal sealed class Shifts(EvenhandDb db, Texts texts)
{
    private const int Usual = 60;

    private static readonly (string Code, int Start, int End)[] Standard = [("early", 8 * 60, 16 * 60), ("late", 16 * 60, 24 * 60), ("night", 0, 8 * 60)];

    /// <summary>What the standard shifts are called in each language: a roster may name them in any.</summary>
    private static readonly Dictionary<string, string> Aliases = Texts.Languages.Select(language => Texts.Read(typeof(WorkforceModule).Assembly, language))
        .SelectMany(texts => Standard.Select(s => (Name: texts[$"workforce.shift.{s.Code}"], s.Code))).ToDictionary(a => a.Name, a => a.Code, StringComparer.OrdinalIgnoreCase);

    public async Task<ShiftList> Read(CancellationToken cancel)
    {
        var own = await db.ShiftPatterns.AsNoTracking().OrderBy(s => s.Place).ToListAsync(cancel);
        foreach (var shift in own.Where(s => s.Name.Length == 0)) shift.Name = texts[$"workforce.shift.{shift.Code}"];
        return new(own.Count > 0 ? own : [.. Standard.Select((s, place) => new ShiftPattern { Code = s.Code, Name = texts[$"workforce.shift.{s.Code}"], Start = s.Start, End = s.End, Opens = Usual, Place = place })], Aliases);
    }

    /// <summary>The name to be stored: none for a standard shift under its usual name, which is then read in each reader's language.</summary>
    public static string NameToKeep(string code, string name) => Aliases.TryGetValue(name, out var standard) && standard == code ? "" : name;
}

/// <summary>The shifts in order, found by what people call them.</summary>
internal sealed class ShiftList(IReadOnlyList<ShiftPattern> all, IReadOnlyDictionary<string, string> aliases)
{
    public IReadOnlyList<ShiftPattern> All { get; } = all;

    /// <summary>The longest time before a shift's end at which a handover opens; null when no shift hands over.</summary>
    public int? Opens => All.Max(s => s.Opens);

    public ShiftPattern? Of(string? codeOrName) =>
        All.FirstOrDefault(s => s.Code.Equals(codeOrName, StringComparison.OrdinalIgnoreCase) || s.Name.Equals(codeOrName, StringComparison.OrdinalIgnoreCase))
        ?? (codeOrName is not null && aliases.TryGetValue(codeOrName, out var code) ? All.FirstOrDefault(s => s.Code == code) : null);

    public ShiftPattern? At(int start, int end) => All.FirstOrDefault(s => s.Start == start && s.End == end);

    /// <summary>When on the centre's clock a day's reports end: with the shift that works through the small hours, else at midnight. Minutes after midnight.</summary>
    public int DayEnds => All.Where(s => s.Start <= SmallHours && SmallHours < s.End).Select(s => s.End).Concat(All.Where(s => s.End > SmallHours + Day).Select(s => s.End - Day)).DefaultIfEmpty(0).Max();

    /// <summary>What a duty is called: its shift's name, or its hours.</summary>
    public string NameOf(Duty duty, OrganisationSnapshot centre) => Of(duty.Shift)?.Name ?? $"{centre.Clock(duty.Start)}–{centre.Clock(duty.End, true)}";

    /// <summary>Which of the tints of the roster a shift has, from 1; 0 outside the centre's shifts.</summary>
    public int TintOf(string code) => Of(code) is { } shift ? shift.Place % 4 + 1 : 0;

    private const int SmallHours = 3 * 60;
    private const int Day = 24 * 60;
}
