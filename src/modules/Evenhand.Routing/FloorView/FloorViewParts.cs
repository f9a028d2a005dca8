using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Fairness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Routing.FloorView;

/// <summary>What the leader's floor view and the fairness report bring to the module.</summary>
internal static class FloorViewParts
{
    private const string Group = "routing.floor.menu-group";

    public static IEnumerable<MenuEntry> Menu =>
    [
        new("routing.floor", "/floor", "users-round", Rights.Floor, Group, 130),
        new("routing.floor.duty", "/floor/duty", "clock-alert", Rights.Floor, Group, 140),
        new("routing.floor.overrides", "/floor/overrides", "shield-alert", Rights.Floor, Group, 145),
        new("routing.fairness", "/floor/fairness", "scale", Rights.Floor, Group, 150),
    ];

    public static void AddFloorView(this IServiceCollection services)
    {
        services.AddSingleton<FloorFeed>().AddScoped<ILiveTopic, FloorTopic>().AddScoped<FloorReading>();
        services.AddScoped<ShowFloor>().AddScoped<ShowFloorAgent>().AddScoped<TakeContact>().AddScoped<ReviewDuty>().AddScoped<ListOverrides>();
        services.AddScoped<FairnessRecord>().AddScoped<ReportFairness>().AddScoped<ExplainContact>();
    }

    public static void MapFloorView(this IEndpointRouteBuilder api)
    {
        ShowFloor.Map(api);
        ShowFloorAgent.Map(api);
        TakeContact.Map(api);
        ReviewDuty.Map(api);
        ListOverrides.Map(api);
        ReportFairness.Map(api);
        ExplainContact.Map(api);
    }
}
