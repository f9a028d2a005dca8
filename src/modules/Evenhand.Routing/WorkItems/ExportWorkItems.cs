using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.WorkItems;

/// <summary>The list of work items as CSV or XLSX: all rows of its filter, without personal fields.</summary>
internal sealed class ExportWorkItems(ListWorkItems list, Texts texts)
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/work-items/export", (string? format, [AsParameters] ListWorkItems.Request request, ExportWorkItems slice, CancellationToken cancel) =>
        slice.Run(format, request, cancel)).WithName(nameof(ExportWorkItems)).WithSummary("Work items as CSV or XLSX").Needs(Rights.Read);

    public IResult Run(string? format, ListWorkItems.Request request, CancellationToken cancel) => Export.Of<ListWorkItems.Row>(format, "work-items",
    [
        new(texts["routing.number"], r => r.Id.ToString()), new(texts["routing.type"], r => r.TypeName), new(texts["routing.subject"], r => r.Subject), new(texts["routing.state"], r => StateName(texts, r.State)),
        new(texts["routing.queue"], r => r.Queue), new(texts["routing.agent"], r => r.Agent), new(texts["routing.created"], r => r.CreatedAt.DateTime), new(texts["routing.respond-by"], r => r.RespondBy.DateTime),
        new(texts["routing.resolve-by"], r => r.ResolveBy.DateTime), new(texts["routing.overdue"], r => r.Overdue), new(texts["routing.urgency"], r => Urgency.Name(texts, r.Priority)),
    ], list.All(request, cancel));

    /// <summary>A state's name; a state of a centre's own type is shown by its code.</summary>
    public static string StateName(Texts texts, string state) => texts.Has("routing.state." + state) ? texts["routing.state." + state] : state;
}
