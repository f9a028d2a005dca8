using System.CommandLine;
using System.Globalization;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Evenhand.Kernel.Commands;

/// <summary>Runs a command of the `evenhand` program: opens the store it names, makes a scope of services, prints a refusal as one line, answers the exit code.</summary>
/// <param name="open">Makes the services for a store; null settings make them without one.</param>
public sealed class CommandRunner(Func<StoreSettings, ServiceProvider> open)
{
    /// <summary>Exit code of a refusal or of unusable input.</summary>
    public const int Refused = 2;

    public static Option<string> Data { get; } = new("--data")
    {
        Description = "Data directory / 数据目录 (EVENHAND_DATA)",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EVENHAND_DATA") ?? "data",
    };

    public static Option<string?> Postgres { get; } = new("--postgres")
    {
        Description = "PostgreSQL connection string instead of the embedded store / 使用 PostgreSQL (EVENHAND_POSTGRES)",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EVENHAND_POSTGRES"),
    };

    public static Option<string> Language { get; } = new("--lang")
    {
        Description = "zh-CN | en",
        Recursive = true,
        DefaultValueFactory = _ => (Environment.GetEnvironmentVariable("LANG") ?? "zh").StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh-CN" : "en",
    };

    public static StoreSettings Settings(ParseResult parsed) => new(Path.GetFullPath(parsed.GetValue(Data)!), parsed.GetValue(Postgres));

    /// <summary>An action over an opened store.</summary>
    public Func<ParseResult, CancellationToken, Task<int>> Over(Func<IServiceProvider, ParseResult, CancellationToken, Task<int>> act) =>
        (parsed, cancel) => Run(parsed, async (services, inner) =>
        {
            var db = services.GetRequiredService<EvenhandDb>();
            await services.GetRequiredService<StoreSettings>().Open(db, inner);
            return await act(services, parsed, inner);
        }, cancel);

    /// <summary>An action that touches no store.</summary>
    public Func<ParseResult, CancellationToken, Task<int>> Alone(Func<IServiceProvider, ParseResult, CancellationToken, Task<int>> act) =>
        (parsed, cancel) => Run(parsed, (services, inner) => act(services, parsed, inner), cancel);

    /// <summary>Prints the refusal on the error output, in the reader's language, and answers the exit code.</summary>
    public static int Print(IServiceProvider services, Refusal refusal)
    {
        Console.Error.WriteLine(services.GetRequiredService<Texts>()[refusal]);
        return Refused;
    }

    private async Task<int> Run(ParseResult parsed, Func<IServiceProvider, CancellationToken, Task<int>> act, CancellationToken cancel)
    {
        var culture = CultureInfo.GetCultureInfo(parsed.GetValue(Language)!);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        if (Console.IsOutputRedirected) (AnsiConsole.Profile.Width, AnsiConsole.Profile.Capabilities.Ansi) = (240, false);
        await using var provider = open(Settings(parsed));
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Access.System("command line"));
        try
        {
            return await act(scope.ServiceProvider, cancel);
        }
        catch (OperationCanceledException)
        {
            AnsiConsole.MarkupLine($"[yellow]{Markup.Escape(scope.ServiceProvider.GetRequiredService<Texts>()["kernel.cancelled"])}[/]");
            return 130;
        }
    }
}
