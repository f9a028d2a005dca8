using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Agents' skills as CSV or XLSX, one skill a row, in the columns the import reads; an agent without a skill has one row without.</summary>
internal sealed class ExportSkills(ListProfiles list, Texts texts)
{
    private sealed record Row(ListProfiles.Row Agent, string? Skill, int? Level);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agents/skills/export", (string? format, [AsParameters] ListProfiles.Request request, ExportSkills slice, CancellationToken cancel) =>
        slice.Run(format, request, cancel)).WithName(nameof(ExportSkills)).WithSummary("Agents' skills as CSV or XLSX").Needs(Rights.Rules);

    public async Task<IResult> Run(string? format, ListProfiles.Request request, CancellationToken cancel)
    {
        var rows = (await list.All(request, cancel)).SelectMany(a => a.Skills.Count == 0 ? [new Row(a, null, null)] : a.Skills.Select(s => new Row(a, s.Skill, s.Level)));
        return Export.Of<Row>(format, "skills",
        [
            new(texts["routing.agent-code"], r => r.Agent.Code), new(texts["routing.skill"], r => r.Skill), new(texts["routing.level"], r => r.Level),
            new(texts["routing.agent"], r => r.Agent.Name), new(texts["routing.team"], r => r.Agent.Team),
        ], rows.ToAsyncEnumerable());
    }
}
