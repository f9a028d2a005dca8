using System.CommandLine;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Contacts;
using Evenhand.Intake.Contracts;
using Evenhand.Intake.Imports;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Intake;

/// <summary>What comes in: logs of telephone systems, and the contacts and agent states they tell of.</summary>
public sealed class IntakeModule : IModule
{
    public string Name => "intake";

    public IEnumerable<Permission> Permissions => Rights.All;

    public IEnumerable<MenuEntry> Menu =>
    [
        new("intake.contacts", "/contacts", "phone", Rights.Contacts, "intake.menu.group", 200),
        new("intake.imports", "/imports", "upload", Rights.Import, "intake.menu.group", 210),
    ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IIntake, IntakeArchive>();
        services.AddSingleton<LiveFeeds>().AddScoped<ILiveLog, LiveLog>();
        services.AddScoped<ImportLog>().AddScoped<UploadLog>().AddScoped<ListImports>();
        services.AddScoped<ListContacts>().AddScoped<ExportContacts>().AddScoped<ShowContact>().AddScoped<UnmaskCustomer>();
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
        UploadLog.Map(api);
        ListImports.Map(api);
        ListContacts.Map(api);
        ExportContacts.Map(api);
        ShowContact.Map(api);
        UnmaskCustomer.Map(api);
    }

    public IEnumerable<Command> Commands(CommandRunner run) => [ImportCommand.Make(run), ImportsCommand.Make(run)];
}
