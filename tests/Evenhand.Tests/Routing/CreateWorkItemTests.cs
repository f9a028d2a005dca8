using System.Net;
using System.Text;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Routing.WorkItems;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Routing;

public sealed class CreateWorkItemTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Twenty_posts_at_once_with_one_key_make_one_item_and_answer_the_same(Store store)
    {
        await using var centre = await WorkCentre.Start(store);
        var manager = await centre.SignIn("manager");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await (await manager.Send(WorkCentre.CallBack(), "k-1")).Content.ReadAsStringAsync()));
        answers.Distinct().Count().ShouldBe(1, string.Join("\n", answers.Distinct()));
        answers[0].ShouldContain("\"typeVersion\":1");
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().WorkItems.CountAsync())).ShouldBe(1);
        (await Facts(centre)).ShouldBe(["WorkItemCreated"]);
        var id = System.Text.Json.JsonDocument.Parse(answers[0]).RootElement.GetProperty("id").GetGuid();
        (await manager.Move(id, 1, "in-progress")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await manager.Send(WorkCentre.CallBack(), "k-1")).Content.ReadAsStringAsync()).ShouldBe(answers[0]);
        (await (await manager.Send(WorkCentre.CallBack("other"), "k-1")).CodeOf(409)).ShouldBe("routing.key-used");
        var another = await centre.SignIn("manager");
        (await (await another.Send(WorkCentre.CallBack(), "k-1")).Json()).GetProperty("id").GetGuid().ShouldNotBe(id);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_bad_row_of_a_bulk_does_not_lose_the_others(Store store)
    {
        await using var centre = await WorkCentre.Start(store);
        var manager = await centre.SignIn("manager");
        const string good = """{"type":"call-back","subject":"a","queue":"sales","fields":{"phone":"13800007468"},"key":"r1"}""";
        const string rows = "[" + good + """,{"type":"call-back","subject":"b","queue":"sales","fields":{"phone":"none"}},{"type":"nonsense","subject":"c","queue":"sales"},{"type":7},{"type":"call-back","queue":"sales"},""" + good + "]";
        var outcomes = (await (await manager.PostAsync(WorkCentre.Items + "/bulk", new StringContent(rows, Encoding.UTF8, "application/json"))).Json()).EnumerateArray().ToList();
        outcomes.Select(o => o.GetProperty("code").GetString()).ShouldBe([null, "routing.field-unreadable", "routing.type-unknown", "routing.bulk-unreadable", "routing.bulk-check", null]);
        outcomes[5].GetProperty("created").GetProperty("id").GetGuid().ShouldBe(outcomes[0].GetProperty("created").GetProperty("id").GetGuid());
        (await manager.Subjects()).ShouldBe(["a"]);
        var broken = (await (await manager.PostAsync(WorkCentre.Items + "/bulk", new StringContent($"[{good.Replace("r1", "r2", StringComparison.Ordinal)},{{", Encoding.UTF8, "application/json"))).Json()).EnumerateArray().ToList();
        broken[^1].GetProperty("code").GetString().ShouldBe("routing.bulk-unreadable");
        (await manager.Subjects()).Length.ShouldBe(broken.Count);
    }

    [Fact]
    public async Task A_bulk_ends_at_a_thousand_rows()
    {
        await using var centre = await WorkCentre.Start(Store.Sqlite);
        var manager = await centre.SignIn("manager");
        var rows = "[" + string.Join(',', Enumerable.Repeat("""{"type":"x","subject":"a","queue":"sales"}""", CreateWorkItems.Most + 5)) + "]";
        var outcomes = (await (await manager.PostAsync(WorkCentre.Items + "/bulk", new StringContent(rows, Encoding.UTF8, "application/json"))).Json()).EnumerateArray().ToList();
        (outcomes.Count, outcomes[^1].GetProperty("code").GetString()).ShouldBe((CreateWorkItems.Most + 1, "routing.bulk-too-long"));
    }

    [Fact]
    public async Task What_is_missing_unknown_or_unreadable_is_refused_by_name()
    {
        await using var centre = await WorkCentre.Start(Store.Sqlite);
        var manager = await centre.SignIn("manager");
        (await (await manager.Send(new { Type = "order", Subject = "x", Queue = "sales" })).CodeOf(409)).ShouldBe("routing.field-required");
        (await (await manager.Send(new { Type = "call-back", Subject = "x", Queue = "sales", Fields = new { phone = "13800007468", colour = "red" } })).CodeOf(409)).ShouldBe("routing.field-unknown");
        (await (await manager.Send(new { Type = "call-back", Subject = "x", Queue = "nowhere", Fields = new { phone = "13800007468" } })).CodeOf(403)).ShouldBe("routing.queue.not-allowed");
        (await manager.Send(new { Type = "call-back", Subject = "", Queue = "sales" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await (await manager.Send(WorkCentre.CallBack("短地址"), null, "/api/v1/work-items")).Json()).GetProperty("state").GetString().ShouldBe("new");
        (await manager.Subjects()).ShouldBe(["短地址"]);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_changed_type_is_a_new_version_and_items_keep_theirs(Store store)
    {
        await using var centre = await WorkCentre.Start(store);
        var manager = await centre.SignIn("manager");
        var old = await manager.Make();
        var type = new { NameZh = "回拨", NameEn = "Call-back", FirstResponseMinutes = 5, ResolutionMinutes = 10, Fields = new[] { new { Code = "number", NameZh = "号码", NameEn = "Number", Kind = "phone", Required = true, Personal = true } } };
        (await (await manager.PutAsync("/api/v1/routing/work-item-types/call-back", System.Net.Http.Json.JsonContent.Create(type))).Json()).GetProperty("version").GetInt32().ShouldBe(2);
        (await (await manager.Send(WorkCentre.CallBack())).CodeOf(409)).ShouldBe("routing.field-unknown");
        (await (await manager.Send(new { Type = "call-back", Subject = "neu", Queue = "sales", Fields = new { number = "4711" } })).Json()).GetProperty("typeVersion").GetInt32().ShouldBe(2);
        (await manager.Item(old)).GetProperty("typeVersion").GetInt32().ShouldBe(1);
        (await manager.Change(old, 1, "about", "Frage")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var leader = await centre.SignIn("team-leader", "T1");
        (await leader.PutAsync("/api/v1/routing/work-item-types/call-back", System.Net.Http.Json.JsonContent.Create(type))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    internal static Task<List<string>> Facts(TestCentre centre) =>
        centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<Fact>().Where(f => f.Type.StartsWith("WorkItem")).OrderBy(f => f.Position).Select(f => f.Type).ToListAsync());
}
