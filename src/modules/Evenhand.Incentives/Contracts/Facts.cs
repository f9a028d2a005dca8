namespace Evenhand.Incentives.Contracts;

/// <summary>A version of the piece-rate plan was published; it never changes.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="From">First day of the first month paid by it.</param>
public sealed record PlanPublished(Guid PlanId, int Version, DateOnly From);

/// <summary>A person closed a month of pay; its statements never change, later corrections appear in the month after.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Statements">Agents with a statement.</param>
/// <param name="Total">Sum of the amounts, money.</param>
public sealed record PayMonthClosed(DateOnly Month, int Statements, decimal Total);

/// <summary>An agent asked about a statement.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="AgentId">The agent.</param>
/// <param name="Month">First day of the statement's month.</param>
/// <param name="AnswerBy">When the answer is due.</param>
public sealed record StatementQuestioned(Guid QuestionId, Guid AgentId, DateOnly Month, DateTimeOffset AnswerBy);

/// <summary>A question about a statement was answered.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="AgentId">The agent who asked.</param>
public sealed record StatementAnswered(Guid QuestionId, Guid AgentId);
