using System.Text.Json;
using System.Text.RegularExpressions;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;

namespace Evenhand.Workforce.Handover;

/// <summary>What a leader who leaves tells those who arrive. An empty part says that there is nothing to tell.</summary>
/// <param name="Contacts">Contacts the team still has in hand; null when nobody counted.</param>
/// <param name="Orders">Orders the team still has in hand; null when nobody counted.</param>
/// <param name="InHand">What becomes of them: who takes them, or that they will be finished.</param>
/// <param name="Problems">Problems and their answers.</param>
/// <param name="Announcements">What was announced and must be kept in mind.</param>
/// <param name="Equipment">Systems, telephones, supplies.</param>
/// <param name="Incidents">What happened beside the ordinary.</param>
/// <param name="People">Who is ill, on leave, new, upset.</param>
internal sealed partial record HandoverLog(int? Contacts, int? Orders, string InHand, string Problems, string Announcements, string Equipment, string Incidents, string People)
{
    public static IReadOnlyList<string> Parts { get; } = ["in-hand", "problems", "announcements", "equipment", "incidents", "people"];

    public IEnumerable<(string Part, string Text)> Texts => Parts.Zip([InHand, Problems, Announcements, Equipment, Incidents, People]);

    public string ToJson() => JsonSerializer.Serialize(this, FactJson.Options);

    public static HandoverLog? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<HandoverLog>(json, FactJson.Options);

    /// <summary>A log is read by the whole floor: customers' telephone numbers have no place in it.</summary>
    public Refusal? Fault() => Texts.Select(t => Number().Match(t.Text)).FirstOrDefault(m => m.Success) is { } found ? new Refusal("workforce.log-holds-number", found.Value[..3] + "…")
        : (Contacts ?? 0) + (Orders ?? 0) > 0 && InHand.Length == 0 ? new Refusal("workforce.in-hand-missing", Contacts ?? 0, Orders ?? 0) : null;

    [GeneratedRegex(@"(?<!\d)(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")]
    private static partial Regex Number();
}
