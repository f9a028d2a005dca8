using System.CommandLine;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Desk;
using Evenhand.Routing.Feed;
using Evenhand.Routing.Floor;
using Evenhand.Routing.FloorView;
using Evenhand.Routing.Rules;
using Evenhand.Routing.Talk;
using Evenhand.Routing.Telephony;
using Evenhand.Routing.Webhooks;
using Evenhand.Routing.WorkItems;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Routing;

/// <summary>Brings work to people, fairly: the live floor and the rules it runs by, the desk, the lines to telephone systems, what people tell each other, and the orders and work items that wait.</summary>
public sealed class RoutingModule : IModule
{
    private static readonly Action<IEndpointRouteBuilder>[] Endpoints =
    [
        // Floor and desk
        ArriveContact.Map, SetAgentState.Map, DecideDuty.Map,
        SignInToFloor.Map, SignOffFloor.Map, ChangeOwnState.Map, AskBreak.Map, AskDuty.Map, Beat.Map, AnswerOffer.Map, HoldContact.Map, DialContact.Map, CompleteContact.Map, PassContact.Map,
        ShowDesk.Map, ShowDay.Map, ConsultColleague.Map, UnmaskContact.Map, FloorViewParts.MapFloorView,

        // Rules
        ListQueueRules.Map, ShowQueueRules.Map, ChangeQueueRules.Map, AddQueue.Map, ListCalendars.Map, ChangeCalendar.Map, ChangeSpecialDays.Map,
        ListProfiles.Map, ChangeProfile.Map, ImportSkills.Map, ExportSkills.Map, ListVips.Map, ChangeVips.Map,
        ChangeFloorSettings.Map, ListBreakRules.Map, ChangeBreakRules.Map, ChangeWrapUpCodes.Map, ChangeScripts.Map,

        // Telephony, and what people tell each other
        AddPbx.Map, ChangePbx.Map, EndPbx.Map, ListPbxs.Map, SetPbxMember.Map, .. TalkRegistration.Endpoints,

        // Work items and webhooks
        CreateWorkItem.Map, CreateWorkItems.Map, ListWorkItems.Map, ExportWorkItems.Map, ShowWorkItem.Map, ChangeWorkItem.Map, MoveWorkItem.Map, UnmaskWorkItem.Map,
        AttachFile.Map, ChangeType.Map, PlaceQueue.Map, AddWebhook.Map, ListWebhooks.Map,
    ];

    public string Name => "routing";

    public IEnumerable<Permission> Permissions => Rights.All;

    public IEnumerable<MenuEntry> Menu =>
    [
        new("routing.desk", "/desk", "headset", Rights.Desk, "routing.menu.desk", 1),
        new("routing.my-day", "/desk/day", "calendar-clock", Rights.Desk, "routing.menu.desk", 2),
        .. FloorViewParts.Menu,
        new("routing.work-items", "/work-items", "clipboard-list", Rights.Read, "routing.menu.group", 220),
        new("routing.floor-rules", "/floor/rules", "sliders-horizontal", Rights.Rules, "routing.menu.group", 223),
        new("routing.agents", "/floor/agents", "user-cog", Rights.Rules, "routing.menu.group", 224),
        new("routing.set-up", "/work-items/set-up", "settings-2", Rights.Configure, "routing.menu.group", 225),
        new("routing.telephony", "/telephony", "phone-call", Rights.Configure, "routing.menu.group", 226),
        .. TalkRegistration.Menu,
    ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        AddFloor(services);
        AddDesk(services);
        services.AddFloorView();
        AddRules(services);
        AddTelephony(services);
        TalkRegistration.AddServices(services);
        AddWorkItems(services);
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
        foreach (var map in Endpoints) map(api);
    }

    public IEnumerable<Command> Commands(CommandRunner run) => [FloorCommands.Make(run)];

    private static void AddFloor(IServiceCollection services)
    {
        services.AddSingleton<FloorStore>().AddSingleton<FloorLease>().AddSingleton<LiveFloor>().AddSingleton<IFloor>(provider => provider.GetRequiredService<LiveFloor>());
        services.AddScoped<FloorAccess>().AddScoped<CustomerAgents>().AddScoped<ArriveContact>().AddScoped<SetAgentState>().AddScoped<DecideDuty>();
        services.AddScoped<IFloorTallies, FloorTallies>().AddScoped<IHandled, CountHandled>().AddScoped<FeedFigures>().AddScoped<WorkItemEffects>().AddScoped<FactReader, WorkItemNudges>();
    }

    private static void AddDesk(IServiceCollection services)
    {
        services.AddScoped<AtDesk>().AddScoped<SignInToFloor>().AddScoped<SignOffFloor>().AddScoped<ChangeOwnState>().AddScoped<AskBreak>().AddScoped<AskDuty>().AddScoped<Beat>();
        services.AddScoped<AnswerOffer>().AddScoped<HoldContact>().AddScoped<DialContact>().AddScoped<CompleteContact>().AddScoped<PassContact>().AddScoped<ConsultColleague>().AddScoped<UnmaskContact>();
        services.AddSingleton<DeskMemory>().AddScoped<DeskReading>().AddScoped<CustomerCard>().AddScoped<DeskForms>().AddScoped<DeskParts>().AddScoped<ShowDesk>().AddScoped<ShowDay>().AddScoped<DeskActions>();
        services.AddSingleton<DeskPushes>().AddSingleton<IDesks>(provider => provider.GetRequiredService<DeskPushes>()).AddHostedService(provider => provider.GetRequiredService<DeskPushes>());
        services.AddScoped<ILiveTopic, DeskTopic>();
    }

    private static void AddRules(IServiceCollection services)
    {
        services.AddSingleton<RuleCache>().AddScoped<FloorRules>().AddScoped<RuleBook>().AddScoped<IFloorSetUp, EstablishFloor>();
        services.AddScoped<ListQueueRules>().AddScoped<ShowQueueRules>().AddScoped<ChangeQueueRules>().AddScoped<AddQueue>().AddScoped<ListCalendars>().AddScoped<ChangeCalendar>().AddScoped<ChangeSpecialDays>();
        services.AddScoped<ListProfiles>().AddScoped<ChangeProfile>().AddScoped<ImportSkills>().AddScoped<ExportSkills>().AddScoped<ListVips>().AddScoped<ChangeVips>();
        services.AddScoped<ChangeFloorSettings>().AddScoped<ListBreakRules>().AddScoped<ChangeBreakRules>().AddScoped<ChangeWrapUpCodes>().AddScoped<ChangeScripts>();
    }

    private static void AddTelephony(IServiceCollection services)
    {
        services.AddSingleton<PbxLines>().AddSingleton<PbxVisits>().AddSingleton<PassedCalls>().AddSingleton<PbxCommands>().AddSingleton<FloorToPbx>().AddSingleton<PbxFloor>().AddSingleton<TendPbxs>().AddScoped<IAgentNames, MemberNames>();
        services.AddScoped<AddPbx>().AddScoped<ChangePbx>().AddScoped<EndPbx>().AddScoped<ListPbxs>().AddScoped<SetPbxMember>();
    }

    private static void AddWorkItems(IServiceCollection services)
    {
        services.AddScoped<WorkItemTypes>().AddScoped<QueueAccess>().AddScoped<Journal>();
        services.AddScoped<CreateWorkItem>().AddScoped<CreateWorkItems>().AddScoped<ListWorkItems>().AddScoped<ExportWorkItems>().AddScoped<ShowWorkItem>();
        services.AddScoped<ChangeWorkItem>().AddScoped<MoveWorkItem>().AddScoped<UnmaskWorkItem>().AddScoped<AttachFile>().AddScoped<ChangeType>().AddScoped<PlaceQueue>();
        services.AddSingleton<Destination>().AddScoped<FactReader, WebhookOutbox>().AddScoped<DeliverWebhooks>().AddScoped<AddWebhook>().AddScoped<ListWebhooks>();
    }
}
