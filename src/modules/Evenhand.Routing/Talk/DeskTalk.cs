using System.Globalization;
using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Announcements;
using Evenhand.Routing.CallBacks;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Help;
using Evenhand.Routing.Rules;
using Evenhand.Routing.Transfers;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Routing.Talk;

/// <summary>What the floor's talk brings to a desk: help and unread announcements at the side; transfer and call-back with the contact.</summary>
internal static class DeskTalk
{
    private const int SideOrder = 10, ContactOrder = 20;

    public static IEnumerable<DeskPart> Parts { get; } =
    [
        new(typeof(DeskAnnouncements), DeskSlot.Side, SideOrder, Announced), new(typeof(DeskHelp), DeskSlot.Side, SideOrder + 1, Helped),
        new(typeof(DeskCallBack), DeskSlot.Contact, ContactOrder, Promised), new(typeof(DeskTransfer), DeskSlot.Contact, ContactOrder + 1, Boxes),
    ];

    private static async Task<object?> Announced(IServiceProvider services, DeskView desk, CancellationToken cancel)
    {
        var unread = (await services.GetRequiredService<ReadAnnouncement>().Of(desk.AgentId, cancel)).Where(r => r.ReadAt is null).ToList();
        if (unread.Count == 0) return null;
        var zone = (await services.GetRequiredService<IOrganisation>().Read(cancel)).Zone;
        return (IReadOnlyList<AnnouncementList.Line>)[.. unread.Select(r => new AnnouncementList.Line(r.Id, r.Title, r.Text, r.Importance, $"{Format.Moment(r.From, zone)} – {Format.Moment(r.Until, zone)} · {r.By}", null))];
    }

    private static async Task<object?> Helped(IServiceProvider services, DeskView desk, CancellationToken cancel)
    {
        if (!desk.State.IsSignedIn) return null;
        var open = await services.GetRequiredService<EvenhandDb>().HelpRequests.AsNoTracking().FirstOrDefaultAsync(h => h.OpenOf == desk.AgentId, cancel);
        var limit = (await services.GetRequiredService<FloorRules>().Read(cancel)).Limits.GetValueOrDefault("holding");
        return new DeskHelp.Shown(open is null ? null : new(open.Id, open.Kind == HelpRequest.OnHold, open.ContactId, open.Level, open.AskedAt, open.TakenBy, open.TakenAt), (int?)limit?.TotalSeconds);
    }

    private static async Task<object?> Promised(IServiceProvider services, DeskView desk, CancellationToken cancel)
    {
        var promise = desk.Current?.Item is { Type.Code: LinkedItems.CallBack } item
            ? await services.GetRequiredService<EvenhandDb>().Promises.AsNoTracking().FirstOrDefaultAsync(p => p.ItemId == item.Id && p.OpenOf != null, cancel) : null;
        var mode = await services.GetRequiredService<ListPromises>().ModeOf(desk.AgentId, cancel);
        var zone = (await services.GetRequiredService<IOrganisation>().Read(cancel)).Zone;
        return new DeskCallBack.Shown(mode is { PeakEndedAt: null } ? mode.Reason : null, (await services.GetRequiredService<TalkRules>().Read(cancel)).PromiseMinutes,
            promise is null ? null : new(promise.Id, TimeZoneInfo.ConvertTime(promise.DueAt, zone), promise.Attempts));
    }

    private static async Task<object?> Boxes(IServiceProvider services, DeskView desk, CancellationToken cancel) =>
        await services.GetRequiredService<Mailboxes>().All(cancel) is { Count: > 0 } boxes ? (IReadOnlyList<string>)[.. boxes.Select(b => b.Name)] : null;
}

/// <summary>A form of a desk that calls a slice as the API does.</summary>
internal abstract class TalkAction(string name, Texts texts) : IDeskAction
{
    public string Name => name;

    public abstract Task<Outcome<Done>> Run(IFormCollection posted, CancellationToken cancel);

    /// <summary>Calls the slice unless the request breaks one of its annotations.</summary>
    protected async Task<Outcome<Done>> Checked<TRequest, T>(TRequest request, Func<TRequest, Task<Outcome<T>>> run) where TRequest : notnull
    {
        if (Checks.Of(request, texts) is [var (_, message), ..]) return new Refusal("routing.desk-unfit", message);
        return (await run(request)).Refused(out var refusal) ? refusal : Done.It;
    }

    protected static Guid? Id(IFormCollection posted, string field) => Guid.TryParse(posted[field], out var id) ? id : null;

    protected static int? Number(IFormCollection posted, string field) => int.TryParse(posted[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    protected static string? Text(IFormCollection posted, string field) => Written.Text(posted[field]);
}

/// <summary>Asks for help with the customer on hold.</summary>
internal sealed class HelpAction(AskHelp slice, Texts texts) : TalkAction("help", texts)
{
    public override Task<Outcome<Done>> Run(IFormCollection posted, CancellationToken cancel) => Checked(new AskHelp.Request(HelpRequest.OnHold, Id(posted, "contact")), request => slice.Run(request, cancel));
}

/// <summary>Escalates a problem without hold.</summary>
internal sealed class EscalateAction(AskHelp slice, Texts texts) : TalkAction("escalate", texts)
{
    public override Task<Outcome<Done>> Run(IFormCollection posted, CancellationToken cancel) =>
        Checked(new AskHelp.Request(HelpRequest.Escalation, Id(posted, "contact"), Text(posted, "problem")), request => slice.Run(request, cancel));
}

/// <summary>Needs the help no more.</summary>
internal sealed class WithdrawAction(AskHelp slice, Texts texts) : TalkAction("help-withdraw", texts)
{
    public override Task<Outcome<Done>> Run(IFormCollection posted, CancellationToken cancel) => slice.Withdraw(Id(posted, "help") ?? Guid.Empty, cancel);
}

/// <summary>Has read an announcement.</summary>
internal sealed class ReadAction(ReadAnnouncement slice, Texts texts) : TalkAction("announcement-read", texts)
{
    public override Task<Outcome<Done>> Run(IFormCollection posted, CancellationToken cancel) => slice.Run(Id(posted, "announcement") ?? Guid.Empty, cancel);
}

/// <summary>Says how a transfer went.</summary>
internal sealed class TransferAction(TransferContact slice, Texts texts) : TalkAction("transfer", texts)
{
    public override Task<Outcome<Done>> Run(IFormCollection posted, CancellationToken cancel) =>
        Checked(new TransferContact.Request(Text(posted, "mailbox") ?? "", Text(posted, "outcome") ?? "", Text(posted, "person"), Text(posted, "phone"), Text(posted, "about")), request => slice.Run(Id(posted, "contact") ?? Guid.Empty, request, cancel));
}

/// <summary>Promises a call-back.</summary>
internal sealed class CallBackAction(PromiseCallBack slice, Texts texts) : TalkAction("call-back", texts)
{
    public override Task<Outcome<Done>> Run(IFormCollection posted, CancellationToken cancel) =>
        Checked(new PromiseCallBack.Request(Text(posted, "phone"), Number(posted, "minutes"), Text(posted, "about")), request => slice.Run(Id(posted, "contact") ?? Guid.Empty, request, cancel));
}

/// <summary>Says how an attempt to call back went.</summary>
internal sealed class AttemptAction(RecordAttempt slice, Texts texts) : TalkAction("attempt", texts)
{
    public override Task<Outcome<Done>> Run(IFormCollection posted, CancellationToken cancel) =>
        Checked(new RecordAttempt.Request(Text(posted, "result") ?? "", Number(posted, "attempts") ?? 0, Text(posted, "note")), request => slice.Run(Id(posted, "promise") ?? Guid.Empty, request, cancel));
}
