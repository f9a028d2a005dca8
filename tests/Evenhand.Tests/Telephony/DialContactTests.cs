using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using Evenhand.Routing.WorkItems;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Evenhand.Tests.Talk;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Tests.Telephony;

public sealed class DialContactTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_call_back_in_hand_is_dialled_from_the_agents_own_phone(Store store)
    {
        await using var other = new SmallAsterisk(("sales", "PJSIP/a2"));
        await using var pbx = new SmallAsterisk(("sales", "PJSIP/a1"));
        await using var centre = await PhoneCentre.Start(store);
        foreach (var queue in new[] { "sales", "orders" }) (await centre.Manager.PutAsJsonAsync($"{TalkCentre.Api}queues/{queue}/units", new { Units = new[] { "centre" } })).IsSuccessStatusCode.ShouldBeTrue();
        var desk = await centre.Floor.Desk("a1");
        var call = await centre.Floor.Arrive("1", customer: "13800007468");
        await desk.On(call, "dial").Refused("routing.contact-not-in-hand");
        await desk.On(call, "accept").Succeeds();
        await desk.On(call, "dial").Refused("routing.dial-no-call-back");
        AllKeysDiffer(await desk.GetStringAsync("/desk")).ShouldContain("alt+v");
        await desk.On(call, "call-back").Succeeds();
        var item = await centre.Floor.Read(db => db.WorkItems.AsNoTracking().Select(i => i.Id).SingleAsync());
        await centre.Floor.Centre.CatchUp();
        var work = Guid.Empty;
        await FloorCentre.Until(() => (work = centre.Floor.Floor.Now().Agents.Values.SelectMany(a => a.Contacts).Where(c => c.Stage == "offered").Select(c => c.ContactId).FirstOrDefault()) != Guid.Empty);
        await desk.On(work, "accept").Succeeds();
        await (await centre.Floor.Desk("a2")).On(work, "dial").Refused("routing.contact-not-in-hand");
        await desk.On(work, "dial").Refused("routing.dial-no-pbx");
        await centre.Connect(other.Port, routes: true, name: "other");
        await desk.On(work, "dial").Refused("routing.dial-no-phone");
        await centre.Connect(pbx.Port, routes: true);
        var agent = await centre.Floor.Agent("a1");
        await FloorCentre.Until(() => centre.Lines.Named("pbx")!.Book.MembersOf(agent).Any());
        pbx.Deaf = true;
        await desk.On(work, "dial").Refused("routing.dial-refused");
        pbx.Deaf = false;
        (await desk.Fill("/desk", "desk", ("what", "dial"), ("contact", work.ToString()))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        Dialled(pbx).ShouldBe(["PJSIP/a1 13800007468", "PJSIP/a1 13800007468"]);
        Dialled(other).ShouldBeEmpty("it is not the agent's system");
        var keys = AllKeysDiffer(await desk.GetStringAsync("/desk"));
        foreach (var key in new[] { "alt+b", "alt+y", "alt+k", "alt+l", "alt+g" }) keys.ShouldContain(key);
        (await centre.Floor.Read(db => db.WorkItems.AsNoTracking().Where(i => i.Id == item).Select(i => i.State).SingleAsync())).ShouldBe("in-progress", "how it went is said afterwards");
    }

    private static List<string> Dialled(SmallAsterisk pbx) => [.. pbx.Requests.Where(r => r.StartsWith("Action: Originate", StringComparison.Ordinal)).Select(r => $"{ScriptedAmi.Value(r, "Channel")} {ScriptedAmi.Value(r, "Exten")}")];

    private static List<string> AllKeysDiffer(string page)
    {
        var keys = new HtmlParser().ParseDocument(page).QuerySelectorAll("[data-key]").SelectMany(e => e.GetAttribute("data-key")!.Split(' ')).ToList();
        keys.ShouldBeUnique();
        return keys;
    }
}
