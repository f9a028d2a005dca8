using System.CommandLine;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Measurement.Diagnosis;

/// <summary>What the diagnosis brings to the module.</summary>
internal static class DiagnosisParts
{
    public static IEnumerable<Permission> Permissions =>
    [
        new(Diagnose.Permission, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Auditor),
        new(RecordEvent.Permission, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
    ];

    public static void AddDiagnosis(this IServiceCollection services)
    {
        services.AddScoped<DiagnosisFacts>().AddScoped<Diagnose>().AddScoped<RecordEvent>().AddScoped<RemoveEvent>().AddScoped<ListEvents>();
        services.AddSingleton<DiagnosisWords>();
    }

    public static void MapDiagnosis(this IEndpointRouteBuilder api)
    {
        Diagnose.Map(api);
        ListEvents.Map(api);
        RecordEvent.Map(api);
        RemoveEvent.Map(api);
    }

    public static Command Command(CommandRunner run) => DiagnoseCommand.Make(run);
}
