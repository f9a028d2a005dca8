using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Workforce.Commands;
using Evenhand.Workforce.Handover;
using Evenhand.Workforce.Reports;
using Evenhand.Workforce.Roster;
using Evenhand.Workforce.Seats;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Workforce;

/// <summary>Who works when and where they sit, how one shift takes over from another, and what each shift did.</summary>
public sealed class WorkforceModule : IModule
{
    private static readonly Action<IEndpointRouteBuilder>[] Endpoints =
    [
        SetShifts.Map, PublishDuties.Map, ImportDuties.Map, ListDuties.Map, DefineRoom.Map, AssignSeats.Map, SeatPerson.Map, MarkSeats.Map, ShowSeats.Map,
        ListHandovers.Map, ReadHandover.Map, ReadSide.Map, ReadRecord.Map, WriteLog.Map, CheckSeats.Map, CallRoll.Map, SignHandover.Map, ConfirmLogs.Map, TakeOver.Map, SendBack.Map, LetGo.Map,
        ListReports.Map, ShowReport.Map, WriteOwnReport.Map, FileShiftReport.Map, ConfirmReport.Map,
    ];

    public string Name => "workforce";

    public IEnumerable<Permission> Permissions => Rights.All;

    public IEnumerable<MenuEntry> Menu =>
    [
        new("workforce.handover", "/handover", "arrow-right-left", Rights.ReadHandover, "workforce.menu.group", 250),
        new("workforce.seats", "/seats", "armchair", Rights.ReadSeats, "workforce.menu.group", 255),
        new("workforce.reports", "/reports/floor", "file-clock", Rights.ReadReports, "workforce.menu.group", 257),
        new("workforce.own-report", "/reports/mine", "notebook-pen", Rights.OwnReport, "workforce.menu.group", 258),
        new("workforce.roster", "/roster", "calendar-days", Rights.ReadRoster, "workforce.menu.group", 260),
    ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IRoster, PublishedRoster>().AddSingleton<IRelease, HandoverReleases>();
        services.AddScoped<Shifts>().AddScoped<SetShifts>().AddScoped<PublishDuties>().AddScoped<ImportDuties>().AddScoped<ListDuties>();
        services.AddScoped<LiveFloor>().AddScoped<DefineRoom>().AddScoped<AssignSeats>().AddScoped<SeatPerson>().AddScoped<MarkSeats>().AddScoped<ShowSeats>();
        services.AddScoped<HandoverDesk>().AddScoped<OpenHandovers>().AddScoped<ListHandovers>().AddScoped<ReadHandover>().AddScoped<ReadSide>().AddScoped<ReadRecord>();
        services.AddScoped<WriteLog>().AddScoped<CheckSeats>().AddScoped<CallRoll>().AddScoped<SignHandover>().AddScoped<ConfirmLogs>().AddScoped<TakeOver>().AddScoped<SendBack>().AddScoped<LetGo>().AddScoped<ILiveTopic, HandoverTopic>();
        services.AddScoped<CountWork>().AddScoped<FileReports>().AddScoped<FactReader, LateContacts>().AddScoped<ListReports>().AddScoped<ShowReport>().AddScoped<WriteOwnReport>().AddScoped<FileShiftReport>().AddScoped<ConfirmReport>();
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
        foreach (var map in Endpoints) map(api);
    }

    public IEnumerable<Command> Commands(CommandRunner run) => [RosterCommand.Make(run), SeatsCommand.Make(run)];
}
