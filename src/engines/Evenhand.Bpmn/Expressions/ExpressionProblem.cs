namespace Evenhand.Bpmn.Expressions;

/// <summary>Why a text is no expression, or why an expression has no value.</summary>
/// <param name="Code">What is wrong, in kebab-case, such as `expression-unknown-variable`; the key of its sentence.</param>
/// <param name="Position">Where, as an offset in characters from 0 into the expression's text.</param>
/// <param name="Arguments">What fills the sentence's holes.</param>
public sealed record ExpressionProblem(string Code, int Position, params IReadOnlyList<string> Arguments);

/// <summary>What came of reading a text: an expression or a problem, never both.</summary>
/// <param name="Expression">The expression; null when the text is none.</param>
/// <param name="Problem">Why not; null when it is one.</param>
public readonly record struct Parsed(Expression? Expression, ExpressionProblem? Problem);

/// <summary>What came of evaluating.</summary>
/// <param name="Value">The value; nothing when there is a problem.</param>
/// <param name="Problem">Why there is no value; null when there is one.</param>
public readonly record struct Evaluated(Value Value, ExpressionProblem? Problem);
