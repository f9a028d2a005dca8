using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Evenhand.Tests.Platform;
using Evenhand.Workforce.Handover;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Workforce;

public sealed class HandoverTests
{
    private static readonly object Log = new { InHand = "两单转二组", Problems = "优惠券不能叠加，按话术3答复", NothingElse = true };

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Both_sign_and_the_team_is_released_when_all_have_read_its_leader_too(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var id = await Open(centre);
        var (one, two, three) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("team-leader", "T2"), await centre.SignIn("team-leader", "T3"));
        var team = (await centre.Organisation()).UnitOf("T1");
        var release = centre.Services.GetRequiredService<IRelease>();
        (await release.IsReleased(team, ShiftCentre.At("16:00"), default)).ShouldBe(false);
        (await release.IsReleased(team, ShiftCentre.At("08:00"), default)).ShouldBeNull();
        (await release.IsReleased((await centre.Organisation()).UnitOf("T2"), ShiftCentre.At("16:00"), default)).ShouldBeNull();
        (await (await one.Sign(id, "leaving", "T1")).CodeOf(409)).ShouldBe("workforce.log-missing");
        await (await one.PutAsJsonAsync(At(id, "leaving/T1/log"), Log)).Json();
        (await (await one.Sign(id, "leaving", "T1")).CodeOf(409)).ShouldBe("workforce.seats-unchecked");
        (await (await one.PostAsJsonAsync(At(id, "leaving/T1/seats"), new { Seats = new[] { "A01-02" }, State = "headset", Note = "左耳" })).Json()).GetProperty("left").GetInt32().ShouldBe(1);
        await (await one.PostAsJsonAsync(At(id, "leaving/T1/seats"), new { Rest = true })).Json();
        (await (await two.Sign(id, "arriving", "T2")).CodeOf(409)).ShouldBe("workforce.roll-incomplete");
        await (await two.PutAsJsonAsync(At(id, "arriving/T2/roll"), new { Marks = new Dictionary<string, string> { ["b1"] = "late" } })).Json();
        (await (await two.Sign(id, "arriving", "T2")).CodeOf(409)).ShouldBe("workforce.waits-for");
        var signed = await (await one.Sign(id, "leaving", "T1")).Json();
        signed.GetProperty("hash").GetString()!.Length.ShouldBe(64);
        (await (await one.PutAsJsonAsync(At(id, "leaving/T1/log"), Log)).CodeOf(409)).ShouldBe("workforce.signed-stays");
        (await (await one.PostAsJsonAsync(At(id, "leaving/T1/seats"), new { Seats = new[] { "A01-02" } })).CodeOf(409)).ShouldBe("workforce.signed-stays");
        (await (await two.Sign(id, "arriving", "T2")).CodeOf(409)).ShouldBe("workforce.logs-unread");
        (await release.IsReleased(team, ShiftCentre.At("16:00"), default)).ShouldBe(false);
        await (await two.PostAsync(At(id, "arriving/T2/logs"), null)).Json();
        (await (await two.Sign(id, "arriving", "T2")).Json()).GetProperty("released").EnumerateArray().Single().GetString().ShouldBe("T1");
        (await release.IsReleased(team, ShiftCentre.At("16:00"), default)).ShouldBe(true);
        var floor = await one.Read($"/handovers/{id}");
        floor.GetProperty("leaving")[0].GetProperty("state").GetString().ShouldBe("Released");
        floor.GetProperty("leaving")[0].GetProperty("next").GetString()!.ShouldContain("三组");
        (await (await two.PutAsJsonAsync(At(id, "arriving/T2/roll"), new { RestPresent = true })).CodeOf(409)).ShouldBe("workforce.signed-stays");
        await (await three.PostAsync(At(id, "arriving/T3/logs"), null)).Json();
        (await one.Read($"/handovers/{id}")).GetProperty("leaving")[0].GetProperty("state").GetString().ShouldBe("Over");
        await (await three.PutAsJsonAsync(At(id, "arriving/T3/roll"), new { RestPresent = true })).Json();
        await (await three.Sign(id, "arriving", "T3")).Json();
        (await one.Read($"/handovers/{id}")).GetProperty("isClosed").GetBoolean().ShouldBeTrue();
        var record = await three.Read($"/handovers/{id}/record");
        record.GetProperty("holds").GetBoolean().ShouldBeTrue();
        record.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("kind").GetString()).ShouldBe(["hand-over", "read", "take-over", "read", "take-over"]);
        record.GetProperty("entries")[0].GetProperty("content").GetProperty("seats").EnumerateArray().Select(s => s.GetProperty("state").GetString()).ShouldBe(["ok", "headset"]);
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<Evenhand.Kernel.Facts.Fact>().CountAsync(f => f.Type == "TeamReleased"))).ShouldBe(1);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_was_signed_cannot_be_changed_in_the_store_and_a_change_past_it_is_seen(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var id = await Open(centre);
        var one = await centre.SignIn("team-leader", "T1");
        await one.Prepare(id, "T1");
        await (await one.Sign(id, "leaving", "T1")).Json();
        await Should.ThrowAsync<Exception>(() => centre.Do(s => s.GetRequiredService<EvenhandDb>().Signatures.ExecuteUpdateAsync(set => set.SetProperty(x => x.By, "somebody"))));
        await Should.ThrowAsync<Exception>(() => centre.Do(s => s.GetRequiredService<EvenhandDb>().Signatures.ExecuteDeleteAsync()));
        await centre.Do(s => s.GetRequiredService<EvenhandDb>().Handovers.ExecuteUpdateAsync(set => set.SetProperty(h => h.LastSignature, 2)));
        (await one.Read($"/handovers/{id}/record")).GetProperty("holds").GetBoolean().ShouldBeFalse();
        Sitting.HashOf("", 1, id, "read", ShiftCentre.At("16:00"), id, "a").ShouldNotBe(Sitting.HashOf("", 1, id, "read", ShiftCentre.At("16:00"), id, "b"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_signature_clicked_twice_at_once_stands_once_and_one_person_cannot_sign_both_sides(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var id = await Open(centre);
        var manager = await centre.SignIn("manager");
        await manager.Prepare(id, "T1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => manager.Sign(id, "leaving", "T1"))));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(5);
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Signatures.CountAsync())).ShouldBe(1);
        await (await manager.PostAsync(At(id, "arriving/T2/logs"), null)).Json();
        await (await manager.PutAsJsonAsync(At(id, "arriving/T2/roll"), new { RestPresent = true })).Json();
        (await (await manager.Sign(id, "arriving", "T2")).CodeOf(409)).ShouldBe("workforce.both-by-one");
        await (await (await centre.SignIn("floor-manager")).Sign(id, "arriving", "T2")).Json();
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_is_sent_back_is_mended_and_an_exception_is_recorded_with_its_reason(Store store)
    {
        var (centre, _) = await ShiftCentre.Start(store);
        await using var open = centre;
        var id = await Open(centre);
        var (one, two, floor) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("team-leader", "T2"), await centre.SignIn("floor-manager"));
        await one.Prepare(id, "T1");
        await (await one.Sign(id, "leaving", "T1")).Json();
        (await two.PostAsJsonAsync(At(id, "arriving/T2/send-back"), new { From = "T1", Reason = "" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await two.PostAsJsonAsync(At(id, "arriving/T2/send-back"), new { From = "T1", Reason = "A01-01 键盘坏了" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await one.Read($"/handovers/{id}")).GetProperty("leaving")[0].GetProperty("sentBack").GetString().ShouldBe("A01-01 键盘坏了");
        await (await one.PostAsJsonAsync(At(id, "leaving/T1/seats"), new { Seats = new[] { "a01-01" }, State = "computer" })).Json();
        (await (await one.Sign(id, "leaving", "T1")).Json()).GetProperty("log").GetInt32().ShouldBe(2);
        (await one.PostAsJsonAsync(At(id, "leaving/T1/let-go"), new { Reason = "接班组长未到" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await floor.PostAsJsonAsync(At(id, "leaving/T1/let-go"), new { Reason = "二组长请假", Successor = "T3" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await one.Read($"/handovers/{id}")).GetProperty("leaving")[0].GetProperty("successorCode").GetString().ShouldBe("T3");
        (await floor.PostAsJsonAsync(At(id, "leaving/T1/let-go"), new { Reason = "接班组长未到" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await centre.Services.GetRequiredService<IRelease>().IsReleased((await centre.Organisation()).UnitOf("T1"), ShiftCentre.At("16:00"), default)).ShouldBe(true);
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<Evenhand.Platform.Audit.AuditEntry>().CountAsync(a => a.Action == "workforce.audit-let-go"))).ShouldBe(1);
        (await one.Read($"/handovers/{id}/record")).GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("kind").GetString()).ShouldBe(["hand-over", "send-back", "hand-over", "hand-to", "let-go"]);
    }

    [Fact]
    public async Task Only_the_own_team_only_a_person_only_from_when_it_opens()
    {
        var (centre, clock) = await ShiftCentre.Start(Store.Sqlite);
        await using var open = centre;
        var id = await Open(centre);
        var (one, two) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("team-leader", "T2"));
        (await (await two.PutAsJsonAsync(At(id, "leaving/T1/log"), Log)).CodeOf(403)).ShouldBe("workforce.team-beyond.not-allowed");
        (await (await one.PutAsJsonAsync(At(id, "arriving/T1/roll"), new { RestPresent = true })).CodeOf(404)).ShouldBe("workforce.side.not-found");
        (await one.PutAsJsonAsync(At(Guid.CreateVersion7(), "leaving/T1/log"), Log)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var department = await centre.SignIn("team-leader", "D1");
        (await department.Read("/handovers")).GetProperty("open").GetArrayLength().ShouldBe(1);
        (await (await centre.SignIn("agent", agent: "a1")).GetAsync(ShiftCentre.Api + "/handovers")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await centre.Do(async s => await s.GetRequiredService<SignHandover>().Run(id, "T1", default))).Refusal!.Code.ShouldBe("workforce.person-signs.not-allowed");
        (await (await one.PutAsJsonAsync(At(id, "leaving/T1/log"), new { Problems = "客户 13800007468 要回电", NothingElse = true })).CodeOf(409)).ShouldBe("workforce.log-holds-number");
        (await (await one.PutAsJsonAsync(At(id, "leaving/T1/log"), new { Problems = "无" })).CodeOf(409)).ShouldBe("workforce.log-blank");
        (await (await one.PutAsJsonAsync(At(id, "leaving/T1/log"), new { Contacts = 2, NothingElse = true })).CodeOf(409)).ShouldBe("workforce.in-hand-missing");
        (await (await one.PostAsJsonAsync(At(id, "leaving/T1/seats"), new { Seats = new[] { "A01-03" } })).CodeOf(409)).ShouldBe("workforce.seat-not-theirs");
        (await (await two.PutAsJsonAsync(At(id, "arriving/T2/roll"), new { Marks = new Dictionary<string, string> { ["a1"] = "present" } })).CodeOf(409)).ShouldBe("workforce.agent-not-arriving");
        (await (await two.PutAsJsonAsync(At(id, "arriving/T2/roll"), new { Marks = new Dictionary<string, string> { ["b1"] = "asleep" } })).CodeOf(409)).ShouldBe("workforce.mark-unknown");
        clock.Now = ShiftCentre.At("14:00");
        (await (await one.PutAsJsonAsync(At(id, "leaving/T1/log"), Log)).CodeOf(409)).ShouldBe("workforce.not-open-yet");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Handovers_open_by_themselves_once_and_follow_the_roster(Store store)
    {
        var (centre, clock) = await ShiftCentre.Start(store);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        clock.Now = ShiftCentre.At("14:59");
        await manager.Import("agent,date,shift\na1,2026-11-26,early\nb1,2026-11-26,late\n");
        (await RunOpen(centre)).ShouldBe(0);
        (await manager.Read("/handovers")).GetProperty("coming").EnumerateArray().Select(c => c.GetProperty("at").GetDateTimeOffset().Hour).ShouldBe([16, 0]);
        clock.Now = ShiftCentre.At("15:00");
        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RunOpen(centre))))).Sum().ShouldBe(1);
        (await RunOpen(centre)).ShouldBe(0);
        await manager.Import("agent,date,shift\nc1,2026-11-26,late\n");
        await manager.Publish("2026-11-26", "2026-11-26", ["b1"]);
        await RunOpen(centre);
        var view = (await manager.Read("/handovers")).GetProperty("open")[0];
        view.GetProperty("arriving").EnumerateArray().Select(a => a.GetProperty("code").GetString()).ShouldBe(["T3"]);
        view.GetProperty("leaving")[0].GetProperty("successorCode").GetString().ShouldBe("T3");
    }

    [Fact]
    public async Task The_live_floor_counts_what_is_in_hand_and_says_who_has_signed_in()
    {
        var floor = new FakeFloor();
        var (centre, _) = await ShiftCentre.Start(Store.Sqlite, s => s.AddSingleton<IFloor>(floor));
        await using var open = centre;
        var id = await Open(centre);
        var (one, two) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("team-leader", "T2"));
        var organisation = await centre.Organisation();
        var off = await (await one.PutAsJsonAsync(At(id, "leaving/T1/log"), new { Contacts = 0, Orders = 0, NothingElse = true })).Json();
        off.GetProperty("counted").GetBoolean().ShouldBeFalse();
        floor.Put(organisation.AgentOf("a1"), EffectiveState.Talking, Channel.Call, Channel.WorkItem, Channel.WorkItem);
        floor.Put(organisation.AgentOf("b1"), EffectiveState.Available);
        (await (await one.PutAsJsonAsync(At(id, "leaving/T1/log"), new { NothingElse = true })).CodeOf(409)).ShouldBe("workforce.in-hand-missing");
        var counted = await (await one.PutAsJsonAsync(At(id, "leaving/T1/log"), new { Contacts = 9, InHand = "订单由 a1 做完", NothingElse = true })).Json();
        (counted.GetProperty("contacts").GetInt32(), counted.GetProperty("orders").GetInt32()).ShouldBe((1, 2));
        var side = await two.Read($"/handovers/{id}/arriving/T2");
        side.GetProperty("roll")[0].GetProperty("signedIn").GetBoolean().ShouldBeTrue();
        side.GetProperty("own").GetProperty("signedIn").GetInt32().ShouldBe(1);
    }

    internal static Task<int> RunOpen(TestCentre centre) => centre.Do(s => s.GetRequiredService<OpenHandovers>().Run(default));

    /// <summary>T1 leaves at 16:00 from A01-01 and A01-02; T2 takes over from it, T3 arrives too.</summary>
    internal static async Task<Guid> Open(TestCentre centre)
    {
        var manager = await centre.SignIn("manager");
        await (await manager.PutAsJsonAsync(ShiftCentre.Api + "/rooms", new { Room = "A", Rows = 1, Columns = 4 })).Json();
        await (await manager.Import("agent,date,shift\na1,2026-11-26,early\na2,2026-11-26,early\nb1,2026-11-26,late\nc1,2026-11-26,late\n")).Json();
        (await RunOpen(centre)).ShouldBe(1);
        return (await manager.Read("/handovers")).GetProperty("open")[0].GetProperty("id").GetGuid();
    }

    internal static string At(Guid id, string rest) => $"{ShiftCentre.Api}/handovers/{id}/{rest}";

    private sealed class FakeFloor : IFloor
    {
        private readonly Dictionary<Guid, FloorAgent> agents = [];

        public FloorPicture Now() => new(ShiftCentre.At("15:40"), agents.Count > 0, agents, new Dictionary<Guid, FloorQueue>());

        public IDisposable Listen(Action<FloorChange> changed) => throw new NotSupportedException();

        public void Put(Guid agent, EffectiveState state, params Channel[] holds) => agents[agent] = new FloorAgent(agent, null, state, null, ShiftCentre.At("15:00"), false, null, null,
            [.. holds.Select(h => new FloorContact(Guid.CreateVersion7(), Guid.Empty, h, "in-hand", ShiftCentre.At("15:30")))], null, TimeSpan.Zero, TimeSpan.Zero);
    }
}

internal static class HandoverCalls
{
    extension(HttpClient client)
    {
        public Task<HttpResponseMessage> Sign(Guid id, string side, string team) => client.PostAsync(HandoverTests.At(id, $"{side}/{team}/signature"), null);

        /// <summary>Log written, all seats looked at.</summary>
        public async Task Prepare(Guid id, string team)
        {
            await (await client.PutAsJsonAsync(HandoverTests.At(id, $"leaving/{team}/log"), new { NothingElse = true })).Json();
            await (await client.PostAsJsonAsync(HandoverTests.At(id, $"leaving/{team}/seats"), new { Rest = true })).Json();
        }
    }
}
