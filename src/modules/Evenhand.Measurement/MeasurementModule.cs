using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Figures;
using Evenhand.Measurement.Intervals;
using Evenhand.Measurement.Kpis;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Measurement;

/// <summary>Counts what happened and answers it as figures that carry their definitions.</summary>
public sealed class MeasurementModule : IModule
{
    public string Name => "measurement";

    public IEnumerable<Permission> Permissions => Rights.All;

    public IEnumerable<MenuEntry> Menu => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<CellSums>();
        services.AddScoped<CellStore>();
        services.AddScoped<FactReader, IntervalReader>();
        services.AddScoped<RebuildFigures>();
        services.AddScoped<OwnKpis>();
        services.AddScoped<RepeatContacts>();
        services.AddScoped<IFigures, StoreFigures>();
        services.AddScoped<AskFigures>();
        services.AddScoped<ListKpis>();
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
        AskFigures.Map(api);
        ListKpis.Map(api);
    }

    public IEnumerable<Command> Commands(CommandRunner run) => [KpiCommand.Make(run), RebuildFigures.Make(run)];
}
