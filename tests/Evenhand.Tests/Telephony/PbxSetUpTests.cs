using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using Evenhand.Kernel;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Telephony;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evenhand.Tests.Telephony;

/// <summary>Telephone systems are registered, changed and ended, and whoever keeps their lines follows.</summary>
public sealed class PbxSetUpTests
{
    private const string Pbxs = PhoneCentre.Pbxs;

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_system_is_registered_once_under_a_name_and_its_secret_is_kept_and_shown_nowhere(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var manager = await centre.SignIn("manager");
        var id = (await (await manager.PostAsJsonAsync(Pbxs, New())).Json()).GetProperty("id").GetGuid();
        (await (await manager.PostAsJsonAsync(Pbxs, New())).CodeOf(409)).ShouldBe("routing.pbx-name-taken");
        (await (await manager.PostAsJsonAsync(Pbxs, New("floor"))).CodeOf(409)).ShouldBe("routing.pbx-name-taken");
        (await (await manager.PostAsJsonAsync(Pbxs, New("b") with { User = null })).CodeOf(409)).ShouldBe("routing.pbx-user-missing");
        (await (await manager.PostAsJsonAsync(Pbxs, New("b") with { Host = "not a host" })).CodeOf(409)).ShouldBe("routing.pbx-host");
        (await manager.PostAsJsonAsync(Pbxs, New("b") with { Port = 70000 })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await manager.PostAsJsonAsync(Pbxs, New("fs") with { Kind = "freeswitch", User = null, Port = null })).IsSuccessStatusCode.ShouldBeTrue();
        var text = await (await manager.GetAsync(Pbxs)).Content.ReadAsStringAsync();
        text.ShouldNotContain("s3cret");
        var rows = (await (await manager.GetAsync(Pbxs)).Json()).EnumerateArray().Select(r => $"{r.GetProperty("name")} {r.GetProperty("port")} {r.GetProperty("dialContext")} {r.GetProperty("line").GetProperty("state")}");
        rows.ShouldBe(["fs 8021 default unattended", "pbx 5038 from-internal unattended"]);
        await centre.Do(async s =>
        {
            var db = s.GetRequiredService<EvenhandDb>();
            var kept = await db.Pbxs.AsNoTracking().SingleAsync(p => p.Id == id);
            kept.Secret.ShouldNotContain("s3cret");
            s.GetRequiredService<IDataProtectionProvider>().CreateProtector(AddPbx.Purpose).Unprotect(kept.Secret).ShouldBe("s3cret");
        });
        (await (await manager.GetAsync("/api/v1/platform/audit")).Content.ReadAsStringAsync()).ShouldNotContain("s3cret");
        (await manager.PutAsJsonAsync($"{Pbxs}/{id}", new { Host = "10.0.0.9", Port = 5039, User = "evenhand", Routes = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await manager.DeleteAsync($"{Pbxs}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await manager.DeleteAsync($"{Pbxs}/{id}")).CodeOf(404)).ShouldBe("routing.pbx.not-found");
        (await manager.PostAsJsonAsync(Pbxs, New())).IsSuccessStatusCode.ShouldBeTrue("an ended name is free");
        var leader = await centre.SignIn("team-leader");
        foreach (var denied in new[] { await leader.GetAsync(Pbxs), await leader.PostAsJsonAsync(Pbxs, New("x")), await leader.DeleteAsync($"{Pbxs}/{id}"), await leader.GetAsync("/telephony") })
            denied.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_line_follows_what_is_set_up_and_lets_the_phones_go_when_it_ends(Store store)
    {
        await using var pbx = new SmallAsterisk(("sales", "PJSIP/a1"), ("sales", "PJSIP/7777"), ("support", "PJSIP/a1"));
        await using var centre = await PhoneCentre.Start(store);
        var id = await centre.Connect(pbx.Port, routes: false);
        pbx.Working("sales").Length.ShouldBe(2);
        await FloorCentre.Until(() => pbx.Requests.Count > 0);
        await Eventually(async () => (await Members(centre, id)).SequenceEqual(["PJSIP/7777   False", "PJSIP/a1 a1 A1 False"]));
        // Members are kept first, queues right after.
        await Eventually(async () => (await centre.Floor.Centre.Organisation()).Queues.Values.Any(q => q.Code == "support"));
        (await centre.Manager.PutAsJsonAsync($"{Pbxs}/{id}/members", new { Member = "PJSIP/7777", Agent = "b1" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await centre.Manager.PutAsJsonAsync($"{Pbxs}/{id}/members", new { Member = "PJSIP/7777", Agent = "nobody" })).CodeOf(409)).ShouldBe("routing.agent-unknown");
        (await Members(centre, id)).ShouldBe(["PJSIP/7777 b1 B1 True", "PJSIP/a1 a1 A1 False"]);
        (await centre.Manager.PutAsJsonAsync($"{Pbxs}/{id}", new { Host = "127.0.0.1", pbx.Port, User = "evenhand", Routes = true })).IsSuccessStatusCode.ShouldBeTrue();
        await FloorCentre.Until(() => pbx.Connections == 2 && pbx.Working("sales").Length == 0);
        pbx.Working("support").ShouldBe(["PJSIP/a1"], "a queue that is not routed here is left as it is");
        await Eventually(async () => await State(centre, id) == "connected");
        (await centre.Manager.DeleteAsync($"{Pbxs}/{id}")).IsSuccessStatusCode.ShouldBeTrue();
        await FloorCentre.Until(() => pbx.Working("sales").Length == 2 && pbx.Working("support").Length == 1 && centre.Lines.All.Count == 0);
    }

    [Fact]
    public async Task A_secret_that_these_keys_cannot_read_and_a_refused_one_say_what_to_do()
    {
        await using var refusing = new ScriptedAmi(ScriptedAmi.Refuse);
        await using var centre = await PhoneCentre.Start(Store.Sqlite);
        foreach (var name in new[] { "old", "wrong" })
            (await centre.Manager.PostAsJsonAsync(Pbxs, New(name) with { Host = "127.0.0.1", Port = refusing.Port })).IsSuccessStatusCode.ShouldBeTrue();
        await FloorCentre.Until(() => centre.Lines.All.Count == 2);
        await centre.Floor.Centre.Do(s => s.GetRequiredService<EvenhandDb>().Pbxs.Where(p => p.Name == "old").ExecuteUpdateAsync(set => set.SetProperty(p => p.Secret, "x").SetProperty(p => p.Version, 9)));
        await Eventually(async () =>
        {
            var page = await Text(centre.Manager);
            return page.Contains("密码无法解密", StringComparison.Ordinal) && page.Contains("Authentication failed", StringComparison.Ordinal) && page.Contains("manager.conf（permit", StringComparison.Ordinal);
        });
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Of_two_nodes_one_keeps_the_line_and_the_other_takes_it_over(Store store)
    {
        await using var pbx = new SmallAsterisk(("sales", "PJSIP/a1"));
        await using var centre = await TestCentre.Start(store);
        (await (await centre.SignIn("manager")).PostAsJsonAsync(Pbxs, New() with { Host = "127.0.0.1", Port = pbx.Port })).IsSuccessStatusCode.ShouldBeTrue();
        var ((first, firstLines), (second, secondLines)) = (Node(centre), Node(centre));
        await first.Run(default);
        await second.Run(default);
        (firstLines.All.Count, secondLines.All.Count).ShouldBe((1, 0));
        await FloorCentre.Until(() => firstLines.Named("pbx")!.Line.State.IsConnected);
        await first.EndAll();
        await second.Run(default);
        (firstLines.All.Count, secondLines.All.Count).ShouldBe((0, 1));
        await FloorCentre.Until(() => pbx.Connections == 2);
        // A node that could not renew in time gives its line up, whatever keeps it from asking.
        secondLines.Named("pbx")!.LeasedUntil = DateTimeOffset.UnixEpoch;
        await second.EndLapsed();
        secondLines.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_manager_does_it_all_on_one_page()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        await centre.Establish();
        var manager = await centre.SignIn("manager");
        (await Text(manager)).ShouldContain("还没有连接电话系统");
        (await manager.Fill("/telephony", "add", ("Kind", "asterisk"), ("Name", "总机"), ("Host", "pbx.local"), ("Port", ""), ("User", ""), ("Secret", "s3cret"), ("Routes", "false"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await manager.Fill("/telephony", "add", ("Kind", "asterisk"), ("Name", "总机"), ("Host", "pbx.local"), ("Port", ""), ("User", "evenhand"), ("Secret", "s3cret"), ("Routes", "false"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await Text(manager);
        foreach (var said in new[] { "总机", "pbx.local:5038", "无人值守", "电话系统派话，这里只跟随", "没有节点在维护这条连接" }) page.ShouldContain(said);
        page.ShouldNotContain("s3cret");
        var id = await centre.Do(s => s.GetRequiredService<EvenhandDb>().Pbxs.Select(p => p.Id).SingleAsync());
        (await manager.Fill("/telephony", $"change-{id}", ("Host", "10.0.0.2"), ("Port", "5040"), ("User", "evenhand"), ("Secret", ""), ("Routes", "true"), ("DialContext", "out"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page = await Text(manager);
        foreach (var said in new[] { "10.0.0.2:5040", "由端平派话", "与派话不符" }) page.ShouldContain(said);
        await centre.Do(async s =>
        {
            var db = s.GetRequiredService<EvenhandDb>();
            db.Add(new PbxMember { PbxId = id, Member = "PJSIP/100" });
            await db.SaveChangesAsync();
        });
        (await manager.Fill("/telephony", $"own-{id:N}-PJSIP/100", ("agent", "zz"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await manager.Fill("/telephony", $"own-{id:N}-PJSIP/100", ("agent", "a2"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(manager)).ShouldContain("A2");
        (await manager.Fill("/telephony", $"end-{id}")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(manager)).ShouldContain("还没有连接电话系统");
    }

    [Fact]
    public async Task What_a_phone_cannot_do_is_an_answer()
    {
        await using var pbx = new SmallAsterisk(("sales", "PJSIP/a1"));
        await using var centre = await PhoneCentre.Start(Store.Sqlite);
        var commands = centre.Floor.Centre.Services.GetRequiredService<PbxCommands>();
        var (a1, c1) = (await centre.Floor.Agent("a1"), await centre.Floor.Agent("c1"));
        (await commands.Offer("pbx", "1", "sales", a1, default)).Outcome.ShouldBe(PhoneOutcome.NotConnected);
        (await commands.Originate(a1, "10086", default)).Outcome.ShouldBe(PhoneOutcome.NoPhone);
        var id = await centre.Connect(pbx.Port, routes: true);
        await FloorCentre.Until(() => pbx.Working("sales").Length == 0);
        (await commands.Offer("pbx", "1", "sales", c1, default)).Outcome.ShouldBe(PhoneOutcome.NoPhone);
        (await commands.Offer("pbx", "1", "support", a1, default)).Outcome.ShouldBe(PhoneOutcome.NotInQueue);
        (await commands.Offer("pbx", "1", "sales", a1, default)).Outcome.ShouldBe(PhoneOutcome.Done);
        pbx.Working("sales").ShouldBe(["PJSIP/a1"]);
        commands.Withdraw("pbx", "1", "sales", a1);
        await FloorCentre.Until(() => pbx.Working("sales").Length == 0);
        foreach (var number in new[] { "", "12", "10086\r\nAction: Command", "1@evil", "abc" }) (await commands.Originate(a1, number, default)).Outcome.ShouldBe(PhoneOutcome.NotANumber);
        (commands.Pause(c1, "meal").Outcome, commands.Pause(a1, "meal").Outcome).ShouldBe((PhoneOutcome.NoPhone, PhoneOutcome.Done));
        await FloorCentre.Until(() => pbx.ReasonOf("sales", "PJSIP/a1") == "meal");
        await pbx.Cut();
        await FloorCentre.Until(() => pbx.Connections == 2 && centre.Lines.Named("pbx")!.Line.State.IsConnected);
        pbx.ReasonOf("sales", "PJSIP/a1").ShouldBe("meal");
        (await centre.Manager.PutAsJsonAsync($"{Pbxs}/{id}", new { Host = "127.0.0.1", pbx.Port, User = "evenhand", Routes = false })).IsSuccessStatusCode.ShouldBeTrue();
        await FloorCentre.Until(() => pbx.Connections == 3 && centre.Lines.Named("pbx")?.Line.State.FullStateAt is not null);
        (await commands.Offer("pbx", "1", "sales", a1, default)).Outcome.ShouldBe(PhoneOutcome.NotRouted);
        commands.Unpause(a1).Outcome.ShouldBe(PhoneOutcome.Done);
        await FloorCentre.Until(() => pbx.Working("sales").Length == 1);
    }

    private sealed record NewPbx(string Kind, string Name, string Host, int? Port, string? User, string Secret);

    private static NewPbx New(string name = "pbx") => new("asterisk", name, "pbx.example", null, "evenhand", "s3cret");

    private static (TendPbxs Tend, PbxLines Lines) Node(TestCentre centre)
    {
        var lines = new PbxLines();
        var services = centre.Services;
        return (new TendPbxs(services, lines, new PbxCommands(lines, new PbxVisits(), new PassedCalls(TimeProvider.System), TimeProvider.System), services.GetRequiredService<LiveFloor>(), services.GetRequiredService<PbxFloor>(), TimeProvider.System,
            NullLogger<TendPbxs>.Instance), lines);
    }

    private static async Task<string[]> Members(PhoneCentre centre, Guid id) => [.. (await (await centre.Manager.GetAsync($"{Pbxs}/{id}/members")).Json()).GetProperty("rows").EnumerateArray()
        .Select(m => $"{m.GetProperty("member")} {m.GetProperty("agent")} {m.GetProperty("agentName")} {m.GetProperty("isSet").GetBoolean()}")];

    private static async Task<string?> State(PhoneCentre centre, Guid id) => (await (await centre.Manager.GetAsync(Pbxs)).Json()).EnumerateArray()
        .Single(r => r.GetProperty("id").GetGuid() == id).GetProperty("line").GetProperty("state").GetString();

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; !await holds(); i++)
        {
            if (i > 400) throw new TimeoutException("what was waited for did not come");
            await Task.Delay(25);
        }
    }

    private static async Task<string> Text(HttpClient client)
    {
        var answer = await client.GetAsync("/telephony");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("main")!.TextContent;
        text.ShouldNotContain("routing.");
        return text;
    }
}
