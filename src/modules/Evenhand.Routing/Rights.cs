using Evenhand.Kernel.Rights;

namespace Evenhand.Routing;

/// <summary>What people may do with orders, work items and the rules of the floor.</summary>
internal static class Rights
{
    public const string Read = "routing.work-items";
    public const string Create = "routing.create";
    public const string Work = "routing.work";
    public const string Unmask = "routing.unmask";
    public const string Rules = "routing.rules";
    public const string Configure = "routing.configure";

    /// <summary>Works at a desk of the floor.</summary>
    public const string Desk = "routing.desk";

    /// <summary>Sees the live floor.</summary>
    public const string Floor = "routing.floor";

    /// <summary>Acts on the people of the live floor.</summary>
    public const string Act = "routing.floor-act";

    /// <summary>Tells the floor of contacts: for systems.</summary>
    public const string Feed = "routing.feed";

    /// <summary>Answers cries for help.</summary>
    public const string Help = "routing.help";

    /// <summary>Hears of help, overdue promises and missing addresses first: the own leader.</summary>
    public const string HelpFirst = "routing.help-first";

    /// <summary>Hears of help that the leader did not take.</summary>
    public const string HelpSecond = "routing.help-second";

    /// <summary>Hears of help that nobody below took.</summary>
    public const string HelpThird = "routing.help-third";

    /// <summary>Announces something to units.</summary>
    public const string Announce = "routing.announce";

    /// <summary>Reads announcements.</summary>
    public const string Announcements = "routing.announcements";

    /// <summary>Sees transfer notes of the own people and tells their customers.</summary>
    public const string Notes = "routing.transfer-notes";

    /// <summary>Answers notes as a department.</summary>
    public const string AnswerNotes = "routing.answer-notes";

    /// <summary>Sees promised call-backs and records attempts.</summary>
    public const string CallBacks = "routing.call-backs";

    /// <summary>Decides about promises that could not be kept.</summary>
    public const string DecidePromises = "routing.decide-promises";

    /// <summary>Switches teams to call-backs.</summary>
    public const string CallBackMode = "routing.call-back-mode";

    public static IEnumerable<Permission> All { get; } =
    [
        new(Read, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Qa, Roles.Auditor),
        new(Create, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(Work, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(Unmask, Roles.Agent, Roles.Manager, Roles.Qa),
        new(Rules, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Administrator, Roles.Auditor),
        new(Configure, Roles.Manager, Roles.Administrator),
        new(Desk, Roles.Agent),
        new(Floor, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Auditor),
        new(Act, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(Feed, Roles.Administrator, Roles.Manager),
        new(Help, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(HelpFirst, Roles.TeamLeader),
        new(HelpSecond, Roles.FloorManager),
        new(HelpThird, Roles.Manager),
        new(Announce, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(Announcements, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(Notes, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(AnswerNotes, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(CallBacks, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(DecidePromises, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(CallBackMode, Roles.FloorManager, Roles.Manager),
    ];
}
