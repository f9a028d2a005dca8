using System.Linq.Expressions;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;

namespace Evenhand.Intake.Archive;

/// <summary>What of the contacts a scope of rights covers: those answered by an agent while in a team of the scope, or by the asker. A contact nobody answered belongs to the whole centre.</summary>
internal static class ContactScope
{
    public static Expression<Func<ContactRow, bool>> Condition(OrganisationSnapshot centre, Scope scope, ContactFilter filter)
    {
        var contact = Expression.Parameter(typeof(ContactRow), "c");
        var parts = Windows(centre, scope, filter.From ?? long.MinValue, filter.To ?? long.MaxValue)
            .GroupBy(w => (w.From, w.To), w => w.Agent)
            .Select(g => Expression.Invoke(Within([.. g], g.Key.From, g.Key.To), contact))
            .Aggregate<Expression, Expression>(Expression.Constant(false), Expression.OrElse);
        return Expression.Lambda<Func<ContactRow, bool>>(new Inlined().Visit(parts), contact);
    }

    private static Expression<Func<ContactRow, bool>> Within(Guid[] agents, long from, long to) => (from, to) switch
    {
        (long.MinValue, long.MaxValue) => c => c.AgentId != null && agents.Contains(c.AgentId.Value),
        (long.MinValue, _) => c => c.AgentId != null && agents.Contains(c.AgentId.Value) && c.EnteredAt < to,
        (_, long.MaxValue) => c => c.AgentId != null && agents.Contains(c.AgentId.Value) && c.EnteredAt >= from,
        _ => c => c.AgentId != null && agents.Contains(c.AgentId.Value) && c.EnteredAt >= from && c.EnteredAt < to,
    };

    private static IEnumerable<(Guid Agent, long From, long To)> Windows(OrganisationSnapshot centre, Scope scope, long first, long end)
    {
        if (scope.OwnAgent is { } own) yield return (own, first, end);
        foreach (var agent in centre.Agents.Keys)
            foreach (var stay in centre.PlacementsOf(agent).Where(s => scope.Units.Contains(s.TeamId)))
            {
                var from = Math.Max(first, WallClock.ToUnix(centre.Zone, stay.From.ToDateTime(TimeOnly.MinValue)));
                var to = stay.To is { } last ? Math.Min(end, WallClock.ToUnix(centre.Zone, last.ToDateTime(TimeOnly.MinValue))) : end;
                if (from < to) yield return (agent, from, to);
            }
    }

    /// <summary>Puts the body of an invoked lambda in its place, for a database knows no invocation.</summary>
    private sealed class Inlined : ExpressionVisitor
    {
        private readonly Dictionary<ParameterExpression, Expression> given = [];

        protected override Expression VisitInvocation(InvocationExpression node)
        {
            var lambda = (LambdaExpression)node.Expression;
            given[lambda.Parameters[0]] = node.Arguments[0];
            return Visit(lambda.Body);
        }

        protected override Expression VisitParameter(ParameterExpression node) => given.GetValueOrDefault(node, node);
    }
}
