using System.Net.Http.Json;
using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Routing.Telephony;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Telephony;

/// <summary>The sample centre with its floor and its telephone lines running. Agents a1, a2, b1 have the phones PJSIP/a1, PJSIP/a2, PJSIP/b1.</summary>
internal sealed class PhoneCentre : IAsyncDisposable
{
    public const string Pbxs = "/api/v1/routing/pbxs";
    private readonly TelephonyLoop loop;

    private PhoneCentre(FloorCentre floor, HttpClient manager)
    {
        (Floor, Manager) = (floor, manager);
        loop = ActivatorUtilities.CreateInstance<TelephonyLoop>(floor.Centre.Services);
    }

    public FloorCentre Floor { get; }

    public HttpClient Manager { get; }

    public PbxLines Lines => Floor.Centre.Services.GetRequiredService<PbxLines>();

    public static async Task<PhoneCentre> Start(Store store, Func<string, QueueDefinition, QueueDefinition>? adjust = null)
    {
        // Time passes as it is; nothing is to run out while a test waits for what it looks for.
        var floor = await FloorCentre.Start(store, (code, rules) => (adjust ?? ((_, r) => r))(code, rules with { OfferSeconds = 600, WrapUpSeconds = 600 }));
        await floor.Centre.Do(async services =>
        {
            var db = services.GetRequiredService<EvenhandDb>();
            FloorCentre.Rule(db, RuleKind.Floor, Guid.Empty, FloorSettings.Usual with { BeatSeconds = 600 });
            await db.RaiseRules(default);
            await db.SaveChangesAsync();
        });
        await floor.Reopen();
        var centre = new PhoneCentre(floor, await floor.Centre.SignIn("manager"));
        await centre.loop.StartAsync(default);
        return centre;
    }

    /// <summary>Connects a telephone system and waits for its first full state.</summary>
    public async Task<Guid> Connect(int port, bool routes, string kind = "asterisk", string name = "pbx")
    {
        var added = await (await Manager.PostAsJsonAsync(Pbxs, new { Kind = kind, Name = name, Host = "127.0.0.1", Port = port, User = "evenhand", Secret = "s3cret", Routes = routes })).Json();
        await FloorCentre.Until(() => Lines.Named(name)?.Line.State.FullStateAt is not null);
        return added.GetProperty("id").GetGuid();
    }

    public async ValueTask DisposeAsync()
    {
        await loop.StopAsync(default);
        loop.Dispose();
        await Floor.DisposeAsync();
    }
}
