using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Evenhand.Design;

/// <summary>Renders its content a turn later than its siblings, when a grid's columns have made themselves known.</summary>
public sealed class Collected : ComponentBase
{
    /// <summary>What is rendered.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, ChildContent);
}
