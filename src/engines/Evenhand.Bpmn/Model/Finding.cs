namespace Evenhand.Bpmn.Model;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; changes nothing.</summary>
    Note,

    /// <summary>The file can be run, but probably not as its author meant.</summary>
    Warning,

    /// <summary>The file cannot be run.</summary>
    Error,
}

/// <summary>One thing that a reader or a check says of a BPMN file: what, where, how bad.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">What it is, in kebab-case (`gateway-without-default`); also the key of its text.</param>
/// <param name="Element">Id of the element it is about; null when it is about the file.</param>
/// <param name="Line">Line of the file, from 1; 0 when unknown.</param>
/// <param name="Arguments">What the text's holes {0}, {1} … are filled with; never null.</param>
public sealed record Finding(Severity Severity, string Code, string? Element, int Line, params IReadOnlyList<string> Arguments)
{
    /// <summary>The finding in one English line: code, arguments, element and line.</summary>
    /// <returns>For logs and tests; people get the text of <see cref="Code"/>.</returns>
    public override string ToString() =>
        $"{Severity} {Code}{(Arguments.Count == 0 ? "" : $" ({string.Join(", ", Arguments)})")}{(Element is null ? "" : $" at {Element}")}{(Line == 0 ? "" : $", line {Line}")}";
}
