using System.Net.Http.Json;
using Evenhand.Routing.Floor;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Floor;

public sealed class SimulateContactsTests
{
    [Theory]
    [InlineData("6/min", 6.0), InlineData("2/s", 120.0), InlineData("90/h", 1.5), InlineData("6", 6.0), InlineData("many", null)]
    public void A_rate_is_read_a_minute(string text, double? rate) => SimulateContacts.Rate(text).ShouldBe(rate);

    [Theory]
    [InlineData("http://localhost:5080", 6, 10, null)]
    [InlineData("http://10.1.2.3", 6, 10, "routing.simulate-elsewhere")]
    [InlineData("ftp://localhost", 6, 10, "routing.simulate-url")]
    [InlineData("http://127.0.0.1", 601, 10, "routing.simulate-rate")]
    [InlineData("http://127.0.0.1", 600, 60, "routing.simulate-length")]
    [InlineData("http://127.0.0.1", 1, 0, "routing.simulate-length")]
    public void It_is_bounded_and_stays_on_this_machine(string url, double rate, int minutes, string? code) =>
        SimulateContacts.Problem(new(new Uri(url), "k", ["sales"], rate, TimeSpan.FromMinutes(minutes)))?.Code.ShouldBe(code);

    [Fact]
    public async Task Contacts_come_to_the_floor_by_its_api()
    {
        await using var centre = await FloorCentre.Start(Sqlite);
        var admin = await centre.Centre.SignIn("administrator");
        var key = (await (await admin.Post("/api-keys", new { Name = "sim", Role = "manager" })).Json()).GetProperty("key").GetString()!;
        using var client = centre.Centre.Client();
        var told = new List<string>();
        var done = (await new SimulateContacts(TimeProvider.System).Run(new(new Uri("http://localhost"), key, ["sales"], 600, TimeSpan.FromSeconds(2)), client, told.Add, default)).Value;
        done.Sent.ShouldBeGreaterThan(2);
        told.Count.ShouldBe(done.Sent);
        (await centre.Read(db => db.FloorContacts.CountAsync(c => c.Source == "simulated"))).ShouldBe(done.Sent);
        (await new SimulateContacts(TimeProvider.System).Run(new(new Uri("http://localhost"), key, ["nowhere"], 600, TimeSpan.FromSeconds(2)), client, told.Add, default)).Refusal!.Code.ShouldBe("routing.simulate-refused");
    }
}
