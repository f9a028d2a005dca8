using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Diagnosis;
using Evenhand.Measurement.Figures;
using Evenhand.Measurement.Intervals;
using Evenhand.Measurement.Kpis;
using Evenhand.Measurement.Periods;
using Evenhand.Measurement.Wallboard;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Measurement;

/// <summary>Counts what happened and answers it as figures that carry their definitions.</summary>
public sealed class MeasurementModule : IModule
{
    public string Name => "measurement";

    public IEnumerable<Permission> Permissions => [.. Rights.All, .. DiagnosisParts.Permissions];

    public IEnumerable<MenuEntry> Menu => [.. PageParts.Menu, .. BoardParts.Menu];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<CellSums>();
        services.AddScoped<CellStore>();
        services.AddScoped<FactReader, IntervalReader>();
        services.AddScoped<RebuildFigures>();
        services.AddScoped<OwnKpis>();
        services.AddScoped<RepeatContacts>();
        services.AddScoped<StoreFigures>();
        services.AddScoped<IFigures>(provider => provider.GetRequiredService<StoreFigures>());
        services.AddScoped<AskFigures>();
        services.AddScoped<ListKpis>();
        services.AddDiagnosis();
        services.AddPages();
        services.AddWallboard();
        services.AddScoped<DefineKpi>();
        services.AddScoped<PublishKpi>();
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
        AskFigures.Map(api);
        CompareFigures.Map(api);
        ListKpis.Map(api);
        api.MapDiagnosis();
        api.MapWallboard();
        DefineKpi.Map(api);
        PublishKpi.Map(api);
    }

    public IEnumerable<Command> Commands(CommandRunner run) => [KpiCommand.Make(run), RebuildFigures.Make(run), DiagnosisParts.Command(run)];
}
