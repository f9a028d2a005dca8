using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Evenhand.Platform.Contracts;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Workforce;

/// <summary>A clock that stands where it is put.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}

/// <summary>A centre in Shanghai whose clock stands at 15:40 on Thursday 2026-11-26, twenty minutes before the shift change.</summary>
internal static class ShiftCentre
{
    public const string Api = "/api/v1/workforce";

    public static DateOnly Today { get; } = new(2026, 11, 26);

    public static DateTimeOffset At(string time, int day = 26) => DateTimeOffset.Parse($"2026-11-{day}T{time}:00+08:00", System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<(TestCentre Centre, StandingClock Clock)> Start(Store store, Action<IServiceCollection>? services = null)
    {
        var clock = new StandingClock(At("15:40"));
        var centre = await TestCentre.Start(store, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            services?.Invoke(builder.Services);
        });
        await centre.Establish();
        return (centre, clock);
    }

    extension(HttpClient client)
    {
        public Task<HttpResponseMessage> Publish(string from, string to, string[] agents, params object[] duties) =>
            client.PutAsJsonAsync(Api + "/duties", new { From = from, To = to, Agents = agents, Duties = duties });

        public Task<HttpResponseMessage> Import(string csv) => client.PostAsync(Api + "/duties/import", new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "roster.csv" } });

        public async Task<JsonElement> Read(string path) => await (await client.GetAsync(Api + path)).Json();

        /// <summary>Duties as agent day from–to, in order.</summary>
        public async Task<string[]> Duties(string query) =>
            [.. (await client.Read("/duties" + query)).EnumerateArray().Select(d => $"{d.GetProperty("agent").GetString()} {d.GetProperty("day").GetString()} {d.GetProperty("from").GetString()}–{d.GetProperty("to").GetString()}")];
    }
}
