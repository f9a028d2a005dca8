using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Announcements;
using Evenhand.Routing.CallBacks;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Help;
using Evenhand.Routing.Transfers;
using Evenhand.Routing.WorkItems;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Routing.Talk;

/// <summary>What people on the floor say to each other: help, announcements, transfer notes, promised call-backs; their part of the module's table of contents.</summary>
internal static class TalkRegistration
{
    public static IEnumerable<MenuEntry> Menu { get; } =
    [
        new("routing.helping", "/help", "life-buoy", Rights.Help, "routing.menu.talk", 230),
        new("routing.announcements", "/announcements", "megaphone", Rights.Announcements, "routing.menu.talk", 232),
        new("routing.call-backs", "/call-backs", "phone-outgoing", Rights.CallBacks, "routing.menu.talk", 234),
        new("routing.notes", "/transfers", "phone-forwarded", Rights.Notes, "routing.menu.talk", 236),
        new("routing.talk-settings", "/talk/set-up", "settings-2", Rights.Configure, "routing.menu.talk", 238),
    ];

    public static Action<IEndpointRouteBuilder>[] Endpoints { get; } =
    [
        AskHelp.Map, TakeHelp.Map, AnswerHelp.Map, ListHelp.Map, Announce.Map, ReadAnnouncement.Map, ListAnnouncements.Map, RemindUnread.Map, TransferContact.Map, AnswerNote.Map, TellCustomer.Map, ListNotes.Map,
        PromiseCallBack.Map, RecordAttempt.Map, DecidePromise.Map, SwitchMode.Map, ListPromises.Map, AskAddress.Map, ChangeTalkSettings.Map,
    ];

    public static void AddServices(IServiceCollection services)
    {
        services.AddScoped<TalkRules>().AddScoped<TalkReach>().AddScoped<TalkNews>().AddScoped<LinkedItems>().AddScoped<TellLate>().AddScoped<ChangeTalkSettings>().AddSingleton<Deadlines>();
        services.AddScoped<ILiveTopic, HelpTopic>().AddScoped<ILiveTopic, CallBackTopic>();
        services.AddScoped<AskHelp>().AddScoped<TakeHelp>().AddScoped<AnswerHelp>().AddScoped<EscalateHelp>().AddScoped<ListHelp>().AddScoped<IEscalations>(s => s.GetRequiredService<ListHelp>());
        services.AddScoped<Announce>().AddScoped<ReadAnnouncement>().AddScoped<RemindUnread>().AddScoped<ListAnnouncements>().AddScoped<IAnnouncements>(s => s.GetRequiredService<ListAnnouncements>());
        services.AddScoped<Mailboxes>().AddScoped<TransferContact>().AddScoped<AnswerNote>().AddScoped<TellCustomer>().AddScoped<ListNotes>();
        services.AddScoped<PromiseCallBack>().AddScoped<RecordAttempt>().AddScoped<DecidePromise>().AddScoped<SwitchMode>().AddScoped<FollowPromises>().AddScoped<WatchPeak>();
        services.AddScoped<ListPromises>().AddScoped<IPromises>(s => s.GetRequiredService<ListPromises>());
        services.AddScoped<AskAddress>().AddScoped<FactReader, LinkedEnds>();
        foreach (var part in DeskTalk.Parts) services.AddSingleton(part);
        services.AddScoped<IDeskAction, HelpAction>().AddScoped<IDeskAction, EscalateAction>().AddScoped<IDeskAction, WithdrawAction>().AddScoped<IDeskAction, ReadAction>();
        services.AddScoped<IDeskAction, TransferAction>().AddScoped<IDeskAction, CallBackAction>().AddScoped<IDeskAction, AttemptAction>();
    }
}
