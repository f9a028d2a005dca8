using Evenhand.Kernel;
using Evenhand.Routing.Rules;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Talk;

/// <summary>What holds for help, announcements, transfer notes and call-backs, as the centre laid it down.</summary>
internal sealed record TalkSettings
{
    public static TalkSettings Usual { get; } = new();

    /// <summary>So long a cry for help waits for one level before the next one hears it too.</summary>
    public int HelpSeconds { get; init; } = 60;

    /// <summary>So often whoever has not read an announcement is reminded.</summary>
    public int ReminderMinutes { get; init; } = 30;

    /// <summary>So soon a call-back is promised where nothing else was said.</summary>
    public int PromiseMinutes { get; init; } = 60;

    /// <summary>So often a customer is tried before a leader decides.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>So long between two attempts.</summary>
    public int RetryMinutes { get; init; } = 30;

    /// <summary>Code of the queue that call-backs wait in; null for the first routed queue of work items the agent may use.</summary>
    public string? CallBackQueue { get; init; }

    public PeakRules Peak { get; init; } = new();

    /// <summary>Named mailboxes that transfer notes go to, beside the departments of the organisation.</summary>
    public IReadOnlyList<Mailbox> Mailboxes { get; init; } = [];
}

/// <summary>When to suggest that teams switch to call-backs, and when that they go back.</summary>
/// <param name="Waiting">More than so many waiting calls,</param>
/// <param name="LongestSeconds">of whom one waits longer than this,</param>
/// <param name="Minutes">for so long.</param>
/// <param name="Calm">At most so many waiting, for as long: the peak is over.</param>
internal sealed record PeakRules(int Waiting = 10, int LongestSeconds = 120, int Minutes = 5, int Calm = 3);

/// <summary>Somebody outside the call centre who answers notes: a unit's people, or another system told by a webhook.</summary>
/// <param name="Unit">Code of the unit whose people answer; null for a webhook.</param>
/// <param name="Webhook">Id of the webhook that is told; null for a unit.</param>
internal sealed record Mailbox(string Name, string? Unit = null, Guid? Webhook = null);

/// <summary>Reads the settings in force.</summary>
internal sealed class TalkRules(EvenhandDb db)
{
    private TalkSettings? known;

    public async Task<TalkSettings> Read(CancellationToken cancel) =>
        known ??= (await db.RulesInForce.FirstOrDefaultAsync(r => r.Kind == RuleKind.Talk && r.Subject == Guid.Empty, cancel))?.Read<TalkSettings>() ?? TalkSettings.Usual;
}
