using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Intake.Contacts;

/// <summary>The list of contacts as CSV or XLSX: all rows of its filter, customers masked.</summary>
internal sealed class ExportContacts(ListContacts list, Texts texts)
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/contacts/export", (string? format, [AsParameters] ListContacts.Request request, ExportContacts slice, CancellationToken cancel) =>
        slice.Run(format, request, cancel)).WithName(nameof(ExportContacts)).WithSummary("Contacts as CSV or XLSX").Needs(Rights.Contacts);

    public IResult Run(string? format, ListContacts.Request request, CancellationToken cancel) => Export.Of<ListContacts.Row>(format, "contacts",
    [
        new(texts["intake.entered"], r => r.Entered.DateTime), new(texts["intake.queue"], r => r.Queue), new(texts["intake.agent"], r => r.Agent), new(texts["intake.customer"], r => r.Customer),
        new(texts["intake.wait"], r => r.Wait), new(texts["intake.talk"], r => r.Talk), new(texts["intake.after-contact"], r => r.AfterContact),
        new(texts["intake.outcome"], r => texts[$"intake.outcome.{ListContacts.Word(r.Outcome)}"]), new(texts["intake.ended"], r => texts[$"intake.ended-by.{r.EndedBy.ToString().ToLowerInvariant()}"]),
        new(texts["intake.call-id"], r => r.CallId),
    ], list.All(request, cancel));
}
