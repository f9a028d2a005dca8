using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Kernel.Text;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.WorkItems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Evenhand.Routing.Desk;

/// <summary>What the forms of the desk do: each calls the slice that the API calls too.</summary>
internal sealed class DeskActions(IServiceProvider services, AtDesk desk, DeskMemory memory, Texts texts)
{
    public const string FieldPrefix = "field.";

    /// <summary>What was asked, done; the text key of what to say when it succeeded, null for nothing.</summary>
    public async Task<(Outcome<Done> Outcome, string? Said)> Run(IFormCollection posted, CancellationToken cancel)
    {
        var what = posted["what"].ToString();
        if (services.GetServices<IDeskAction>().FirstOrDefault(a => a.Name == what) is { } brought) return (await brought.Run(posted, cancel), null);
        return Guid.TryParse(posted["contact"], out var contact) ? await OnContact(what, contact, posted, cancel) : await OnDesk(what, posted, cancel);
    }

    private async Task<(Outcome<Done>, string?)> OnDesk(string what, IFormCollection posted, CancellationToken cancel) => what switch
    {
        "sign-in" => (await Get<SignInToFloor>().Run(cancel), null),
        "sign-off" => (await Get<SignOffFloor>().Run(new([.. posted["back"].Where(b => Guid.TryParse(b, out _)).Select(b => new SignOffFloor.Plan(Guid.Parse(b!)))]), cancel), null),
        "state" => (await Get<ChangeOwnState>().Run(new(Text(posted["state"]) ?? ""), cancel), null),
        "break" => (Bare(await Get<AskBreak>().Run(new(Text(posted["reason"]) ?? ""), cancel)), null),
        "break-back" => (await Get<AskBreak>().TakeBack(cancel), null),
        "ask-duty" => (Checked(new AskDuty.Request(Text(posted["kind"]) ?? "", Text(posted["reason"]) ?? ""), out var request) is { } wrong ? wrong : Bare(await Get<AskDuty>().Run(request, cancel)), "routing.desk.asked-said"),
        "consult-seen" => (await Get<ConsultColleague>().Seen(Guid.TryParse(posted["consult"], out var id) ? id : Guid.Empty, cancel), null),
        _ => (new Refusal("routing.desk-action-unknown", what), null),
    };

    private async Task<(Outcome<Done>, string?)> OnContact(string what, Guid contact, IFormCollection posted, CancellationToken cancel)
    {
        var note = Text(posted["note"]);
        switch (what)
        {
            case "accept":
                var taken = await Get<AnswerOffer>().Accept(contact, cancel);
                if (taken.Succeeded) Select(contact);
                return (taken, null);
            case "reject": return (await Get<AnswerOffer>().Reject(contact, cancel), null);
            case "hold": return (await Get<HoldContact>().Hold(contact, true, cancel), null);
            case "resume": return (await Get<HoldContact>().Hold(contact, false, cancel), null);
            case "dial": return (await Get<DialContact>().Run(contact, cancel), "routing.dial-said");
            case "end": return (await Get<HoldContact>().End(contact, cancel), null);
            case "select": Select(contact); return (Done.It, null);
            case "complete":
                var keep = posted["keep"].Count > 0;
                if (Checked(new CompleteContact.Request(Text(posted["wrapUp"]), note, keep), out var ending) is { } unfit) return (unfit, null);
                return (await Get<CompleteContact>().Run(contact, ending, cancel), keep ? "routing.saved" : null);
            case "pass": return (await Get<PassContact>().Run(contact, new(Text(posted["agent"]), Text(posted["queue"]), note), cancel), "routing.desk.passed-said");
            case "consult": return (Bare(await Get<ConsultColleague>().Run(contact, new(Text(posted["agent"]) ?? "", note), cancel)), "routing.desk.consulted-said");
            case "unmask":
                if (Checked(new UnmaskContact.Request(Text(posted["reason"]) ?? ""), out var why) is { } bare) return (bare, null);
                return (Bare(await Get<UnmaskContact>().Run(contact, why, cancel)), null);
            case "save-item": return (await SaveItem(posted, cancel), "routing.saved");
            case "create-item": return (await CreateItem(contact, posted, cancel), "routing.created-said");
            default: return (new Refusal("routing.desk-action-unknown", what), null);
        }
    }

    /// <summary>Saves what was filled in; a personal field left empty stays as it is.</summary>
    private async Task<Outcome<Done>> SaveItem(IFormCollection posted, CancellationToken cancel)
    {
        if (!Guid.TryParse(posted["item"], out var item) || !int.TryParse(posted["version"], out var version)) return new Refusal("routing.work-item.not-found");
        var hidden = posted["hidden"].ToHashSet();
        var fields = Fields(posted).Where(f => f.Value is not null || !hidden.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value);
        return Bare(await Get<ChangeWorkItem>().Run(item, new(version, Fields: fields), cancel));
    }

    /// <summary>Opens something for the caller; the number need not be typed, as it is the caller's own.</summary>
    private async Task<Outcome<Done>> CreateItem(Guid contact, IFormCollection posted, CancellationToken cancel)
    {
        var caller = await desk.Do<(string? Number, string? Name)>((floor, agent) => floor.Held(agent).Any(r => r.Arrival.Contact == contact) && floor.Contact(contact) is { } known ? (known.Customer, known.CustomerName)
            : new Refusal("routing.contact-not-in-hand"), cancel);
        if (caller.Refused(out var refusal)) return refusal;
        var type = Text(posted["type"]) ?? "";
        if ((await Get<WorkItemTypes>().Current(type, cancel)).Refused(out refusal, out var known)) return refusal;
        var fields = Fields(posted);
        if (fields.TryGetValue("phone", out var phone) && phone is null) fields["phone"] = caller.Value.Number;
        if (fields.TryGetValue("customer", out var name) && name is null) fields["customer"] = caller.Value.Name;
        foreach (var empty in fields.Where(f => f.Value is null && known.Fields.All(k => k.Code != f.Key || !k.Required)).Select(f => f.Key).ToList()) fields.Remove(empty);
        var request = new CreateWorkItem.Request(type, Text(posted["subject"]) ?? known.Name, Text(posted["queue"]) ?? "", fields, Text(posted[Design.IdempotencyKey.FieldName]));
        return Checked<CreateWorkItem.Request>(request, out _) is { } wrong ? wrong : Bare(await Get<CreateWorkItem>().Run(request, cancel));
    }

    private static Dictionary<string, string?> Fields(IFormCollection posted) =>
        posted.Where(f => f.Key.StartsWith(FieldPrefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[FieldPrefix.Length..], f => Text(f.Value));

    private void Select(Guid contact)
    {
        if (desk.Agent is { } agent) memory.Select(agent, contact);
    }

    /// <summary>Null when the request breaks none of its annotations; otherwise the first that it breaks, as a refusal.</summary>
    private Refusal? Checked<T>(T request, out T same) where T : notnull
    {
        same = request;
        return Checks.Of(request, texts) is [var (_, message), ..] ? new Refusal("routing.desk-unfit", message) : null;
    }

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();

    private static Outcome<Done> Bare<T>(Outcome<T> outcome) => outcome.Refused(out var refusal) ? refusal : Done.It;

    private static string? Text(StringValues value) => string.IsNullOrWhiteSpace(value) ? null : value.ToString().Trim();
}
