namespace Evenhand.Bpmn.Expressions;

/// <summary>
/// An expression of a process, compiled once, immutable and safe for many threads: a text with holes
/// (`Order ${number}`), a single hole (`${amount > 100}`, `#{…}`), which keeps its value's kind, or
/// a subset of FEEL (`=amount > 100 and vip`). Evaluating reads variables and the given moment only and
/// is bounded: 100,000 characters, 200 nested parts, 100,000 steps, texts of 1,000,000 characters.
/// </summary>
public sealed class Expression
{
    private readonly Node _root;

    internal Expression(string text, Node root, IReadOnlyCollection<string> variables, bool isConstant) =>
        (Text, _root, Variables, IsConstant) = (text, root, variables, isConstant);

    /// <summary>The text it was read from; positions of problems count from its first character.</summary>
    public string Text { get; }

    /// <summary>It gives the same value always: it reads no variable and not the present moment.</summary>
    public bool IsConstant { get; }

    /// <summary>Names of the variables it may read, each once, in order of first mention.</summary>
    public IReadOnlyCollection<string> Variables { get; }

    /// <summary>Reads a text with holes; one that begins with `=` is FEEL; one without holes stands for itself. `\${` writes `${`.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The expression, or the first problem and its place.</returns>
    public static Parsed Parse(string text) => Parser.Parse(text, script: false);

    /// <summary>Reads a text that is an expression as a whole, without `${ }`; with them it is read too, and FEEL after `=`.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The expression, or the first problem and its place.</returns>
    public static Parsed ParseScript(string text) => Parser.Parse(text, script: true);

    /// <summary>An expression that always gives the same value.</summary>
    /// <param name="value">The value.</param>
    public static Expression Constant(Value value) => new(value.ToString(), new Literal(0, value), [], true);

    /// <summary>Evaluates; never throws, whatever the values.</summary>
    /// <param name="variables">Where variables are found.</param>
    /// <param name="now">The present moment, which `now()` gives; its offset is the zone in which dates without a zone are read.</param>
    /// <returns>The value, or the problem and its place.</returns>
    public Evaluated Evaluate(IVariables variables, DateTimeOffset now)
    {
        var run = new Run(variables, now);
        return _root.Eval(ref run, out var value) ? new(value, null) : new(Value.Null, run.Problem);
    }
}
