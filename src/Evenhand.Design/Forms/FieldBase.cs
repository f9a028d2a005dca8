using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Evenhand.Design;

/// <summary>What all form fields share: name, label, hint, errors.</summary>
public abstract class FieldBase : ComponentBase
{
    [CascadingParameter] private FormProblems? Problems { get; set; }

    [CascadingParameter] private EditContext? EditContext { get; set; }

    /// <summary>The input's name, as the form's model has it: <c>Input.Reason</c> or <c>Reason</c>.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>What the field is called.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>A line of help under the field.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>An error known to the page; errors of the form's <c>Problems</c> or <c>EditContext</c> are found by name.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>Must be filled.</summary>
    [Parameter] public bool Required { get; set; }

    /// <summary>Cannot be changed, and is not posted.</summary>
    [Parameter] public bool Disabled { get; set; }

    /// <summary>The input's id; made of the name by default.</summary>
    [Parameter] public string? Id { get; set; }

    /// <summary>Any other attribute of the input: <c>maxlength</c>, <c>autocomplete</c>, <c>autofocus</c> …</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? More { get; set; }

    /// <summary>The id in use.</summary>
    protected string InputId => Id ?? "f-" + Name.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal);

    /// <summary>The messages about this field.</summary>
    protected IReadOnlyList<string> Errors =>
        [.. Error is null ? [] : new[] { Error }, .. Problems?.For(Name) ?? [], .. EditContext is null ? [] : EditContext.GetValidationMessages(EditContext.Field(Name[(Name.LastIndexOf('.') + 1)..]))];

    /// <summary><c>true</c> or nothing, for aria-invalid.</summary>
    protected string? Invalid => Errors.Count > 0 ? "true" : null;

    /// <summary>What describes the input, for screen readers.</summary>
    protected string? DescribedBy => Errors.Count > 0 ? InputId + "-error" : Hint is null ? null : InputId + "-hint";
}
