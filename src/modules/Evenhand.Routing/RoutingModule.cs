using System.CommandLine;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Contracts;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Routing.Desk;
using Evenhand.Routing.Feed;
using Evenhand.Routing.Floor;
using Evenhand.Routing.FloorView;
using Evenhand.Routing.Telephony;
using Evenhand.Routing.Talk;
using Evenhand.Routing.Webhooks;
using Evenhand.Routing.WorkItems;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Routing;

/// <summary>Brings work to people: orders and work items that wait, and the rules by which they are given out.</summary>
public sealed class RoutingModule : IModule
{
    public string Name => "routing";

    public IEnumerable<Permission> Permissions => Rights.All;

    public IEnumerable<MenuEntry> Menu => 
    [
        new("routing.desk", "/desk", "headset", Rights.Desk, "routing.menu.desk", 1),
        new("routing.my-day", "/desk/day", "calendar-clock", Rights.Desk, "routing.menu.desk", 2),
        .. FloorViewParts.Menu,
        new("routing.work-items", "/work-items", "clipboard-list", Rights.Read, "routing.menu.group", 220),
        new("routing.telephony", "/telephony", "phone-call", Rights.Configure, "routing.menu.group", 226),
        new("routing.floor-rules", "/floor/rules", "sliders-horizontal", Rights.Rules, "routing.menu.group", 223),
        new("routing.agents", "/floor/agents", "user-cog", Rights.Rules, "routing.menu.group", 224),
        new("routing.set-up", "/work-items/set-up", "settings-2", Rights.Configure, "routing.menu.group", 225),
        .. TalkRegistration.Menu,
    ];

    private static readonly Action<IEndpointRouteBuilder>[] RuleEndpoints =
    [
        ListQueueRules.Map, ShowQueueRules.Map, ChangeQueueRules.Map, AddQueue.Map, ListCalendars.Map, ChangeCalendar.Map, ChangeSpecialDays.Map,
        ListProfiles.Map, ChangeProfile.Map, ImportSkills.Map, ExportSkills.Map, ListVips.Map, ChangeVips.Map,
        ChangeFloorSettings.Map, ListBreakRules.Map, ChangeBreakRules.Map, ChangeWrapUpCodes.Map, ChangeScripts.Map,
    ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<WorkItemTypes>().AddScoped<QueueAccess>().AddScoped<Journal>();
        services.AddScoped<CreateWorkItem>().AddScoped<CreateWorkItems>().AddScoped<ListWorkItems>().AddScoped<ExportWorkItems>().AddScoped<ShowWorkItem>();
        services.AddScoped<ChangeWorkItem>().AddScoped<MoveWorkItem>().AddScoped<UnmaskWorkItem>().AddScoped<AttachFile>().AddScoped<ChangeType>().AddScoped<PlaceQueue>();
        services.AddSingleton<FloorStore>().AddSingleton<FloorLease>().AddSingleton<LiveFloor>().AddSingleton<IFloor>(provider => provider.GetRequiredService<LiveFloor>());
        services.AddScoped<FloorAccess>().AddScoped<ArriveContact>().AddScoped<SetAgentState>().AddScoped<DecideDuty>();
        services.AddScoped<AtDesk>().AddScoped<SignInToFloor>().AddScoped<SignOffFloor>().AddScoped<ChangeOwnState>().AddScoped<AskBreak>().AddScoped<AskDuty>().AddScoped<Beat>();
        services.AddScoped<AnswerOffer>().AddScoped<HoldContact>().AddScoped<CompleteContact>().AddScoped<PassContact>();
        services.AddSingleton<DeskMemory>().AddScoped<DeskReading>().AddScoped<CustomerCard>().AddScoped<DeskForms>().AddScoped<DeskParts>().AddScoped<ShowDesk>().AddScoped<ShowDay>().AddScoped<DeskActions>();
        services.AddScoped<ConsultColleague>().AddScoped<UnmaskContact>().AddScoped<ILiveTopic, DeskTopic>();
        services.AddSingleton<DeskPushes>().AddSingleton<IDesks>(provider => provider.GetRequiredService<DeskPushes>()).AddHostedService(provider => provider.GetRequiredService<DeskPushes>());
        services.AddFloorView();
        services.AddScoped<IFloorTallies, FloorTallies>();
        services.AddScoped<IHandled, CountHandled>().AddScoped<FeedFigures>().AddScoped<WorkItemEffects>().AddScoped<FactReader, WorkItemNudges>();
        services.AddSingleton<RuleCache>().AddScoped<FloorRules>().AddScoped<RuleBook>();
        services.AddScoped<IFloorSetUp, EstablishFloor>();
        services.AddScoped<ListQueueRules>().AddScoped<ShowQueueRules>().AddScoped<ChangeQueueRules>().AddScoped<AddQueue>().AddScoped<ListCalendars>().AddScoped<ChangeCalendar>().AddScoped<ChangeSpecialDays>();
        services.AddScoped<ListProfiles>().AddScoped<ChangeProfile>().AddScoped<ImportSkills>().AddScoped<ExportSkills>().AddScoped<ListVips>().AddScoped<ChangeVips>();
        services.AddScoped<ChangeFloorSettings>().AddScoped<ListBreakRules>().AddScoped<ChangeBreakRules>().AddScoped<ChangeWrapUpCodes>().AddScoped<ChangeScripts>();
        TalkRegistration.AddServices(services);
        services.AddSingleton<Destination>().AddScoped<FactReader, WebhookOutbox>().AddScoped<DeliverWebhooks>().AddScoped<AddWebhook>().AddScoped<ListWebhooks>();
        services.AddSingleton<PbxLines>().AddSingleton<PbxVisits>().AddSingleton<PbxCommands>().AddSingleton<FloorToPbx>().AddSingleton<PbxFloor>().AddSingleton<TendPbxs>().AddScoped<IAgentNames, MemberNames>();
        services.AddScoped<AddPbx>().AddScoped<ChangePbx>().AddScoped<EndPbx>().AddScoped<ListPbxs>().AddScoped<SetPbxMember>();
    }

    private static readonly Action<IEndpointRouteBuilder>[] Floors =
    [
        ArriveContact.Map, SetAgentState.Map, DecideDuty.Map, SignInToFloor.Map, SignOffFloor.Map, ChangeOwnState.Map, AskBreak.Map, AskDuty.Map, Beat.Map,
        AnswerOffer.Map, HoldContact.Map, CompleteContact.Map, PassContact.Map, ShowDesk.Map, ShowDay.Map, ConsultColleague.Map, UnmaskContact.Map, .. TalkRegistration.Endpoints,
    ];

    public void MapApi(IEndpointRouteBuilder api)
    {
        CreateWorkItem.Map(api);
        CreateWorkItems.Map(api);
        ListWorkItems.Map(api);
        ExportWorkItems.Map(api);
        ShowWorkItem.Map(api);
        ChangeWorkItem.Map(api);
        MoveWorkItem.Map(api);
        UnmaskWorkItem.Map(api);
        AttachFile.Map(api);
        ChangeType.Map(api);
        PlaceQueue.Map(api);
        AddWebhook.Map(api);
        foreach (var map in Floors) map(api);
        api.MapFloorView();
        ListWebhooks.Map(api);
        AddPbx.Map(api);
        ChangePbx.Map(api);
        EndPbx.Map(api);
        ListPbxs.Map(api);
        SetPbxMember.Map(api);
        foreach (var map in RuleEndpoints) map(api);
    }

    public IEnumerable<Command> Commands(CommandRunner run) => [FloorCommands.Make(run)];
}
