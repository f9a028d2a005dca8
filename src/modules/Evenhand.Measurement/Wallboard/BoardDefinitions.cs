using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Measurement.Wallboard;

/// <summary>How each figure of a board is defined.</summary>
internal static class BoardDefinitions
{
    private static readonly Dictionary<string, string> Formulas = new()
    {
        ["sl-today"] = "sl.offered = A≤T / (A + B)", ["sl-30"] = "sl.offered = A≤T / (A + B)", ["sl-15"] = "sl.offered = A≤T / (A + B)", ["asa"] = "Σ wait of answered / A", ["aht"] = "Σ handle / completed", ["acw"] = "Σ ACW / completed",
        ["abandon-rate"] = "B / O", ["estimated-wait"] = "waiting × window / answered in it", ["occupancy-now"] = "busy / (busy + available)", ["occupancy-shift"] = "Σ handling / Σ on duty",
    };

    public static Definition Of(Texts texts, TileKind kind) => new("board." + kind.Code, "1", texts[kind.IsMeasured ? "measurement.board.define." + kind.Code : "measurement.board.not-measured-yet"]) { Formula = Formulas.GetValueOrDefault(kind.Code) };
}

/// <summary>What wallboards bring to the module.</summary>
internal static class BoardParts
{
    public static IEnumerable<MenuEntry> Menu => [new("measurement.board", "/wallboard", "monitor", Rights.Wallboard, "measurement.menu-group", 35)];

    public static void AddWallboard(this IServiceCollection services) =>
        services.AddSingleton<BoardFeed>().AddScoped<ILiveTopic, BoardTopic>().AddScoped<BoardReading>().AddScoped<ShowBoard>().AddScoped<SaveBoard>().AddScoped<ShareBoard>();

    public static void MapWallboard(this IEndpointRouteBuilder api)
    {
        ShowBoard.Map(api);
        SaveBoard.Map(api);
        ShareBoard.Map(api);
    }
}
