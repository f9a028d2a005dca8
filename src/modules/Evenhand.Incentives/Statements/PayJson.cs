using Evenhand.Incentives.Plans;
using Evenhand.Platform.Contracts;

namespace Evenhand.Incentives.Statements;

/// <summary>Statements as the API and `evenhand pay --format json` give them; money is exact text.</summary>
internal static class PayJson
{
    public sealed record Month([property: System.Text.Json.Serialization.JsonPropertyName("month")] string Of, PlanRef Plan, string Currency, bool Closed, string Total, IReadOnlyList<AgentPay> Agents);

    public sealed record PlanRef(int Version, string From, decimal Baseline, IReadOnlyList<decimal> Tiers, string Price, string Step);

    public sealed record AgentPay(string Agent, string Name, int Contacts, decimal Units, decimal Quality, decimal Hours, string Amount, IReadOnlyList<TierPay> Lines, IReadOnlyList<Adjustment> Adjustments, IReadOnlyList<QueuePay> Explained);

    public sealed record TierPay(int Tier, decimal Units, string Price, string Amount);

    public sealed record Adjustment(string Month, decimal Units, string Amount);

    public sealed record QueuePay(string Queue, int Contacts, decimal Weight, decimal Units, string Amount, IReadOnlyList<DayPay> Days);

    public sealed record DayPay(DateOnly Day, int Contacts, decimal Units, string Amount);

    public sealed record Own(string Month, int PlanVersion, string Currency, bool Closed, AgentPay Statement, string NextPrice, decimal? UnitsToNextTier, IReadOnlyList<Adjustment> LaterCorrections, IReadOnlyList<Asked> Questions);

    public sealed record Asked(Guid Id, string Text, DateTimeOffset AskedAt, DateTimeOffset AnswerBy, string? Answer, string? AnsweredBy);

    public sealed record Contacts(string Agent, string Queue, DateOnly Day, int Total, IReadOnlyList<Call> Rows);

    public sealed record Call(string CallId, DateTimeOffset EnteredAt, int Wait, int Talk);

    public static Month Of(ReadMonth.Sheet sheet, string? onlyAgent = null)
    {
        var rows = onlyAgent is null ? [.. sheet.Rows] : Named(sheet.Rows, onlyAgent);
        return new Month(Exact.Month(sheet.Month), Of(sheet.Plan), sheet.Plan.Choices.Currency, sheet.Closed, Exact.Money(rows.Sum(r => r.Statement.Total)), [.. rows.Select(r => Of(r.Agent, r.Statement, sheet.Queues))]);
    }

    public static Own Of(ReadStatement.View view) => new(
        Exact.Month(view.Month), view.PlanVersion, view.Terms.Currency, view.Closed, Of(view.Agent, view.Statement, view.Queues), Exact.Price(view.NextPrice), view.UnitsToNextTier is { } left ? Exact.Plain(left) : null,
        [.. view.LaterCorrections.Select(c => new Adjustment(Exact.Month(c.Month), 0, Exact.Money(c.Amount)))], [.. view.Questions.Select(q => new Asked(q.Id, q.Text, q.AskedAt, q.AnswerBy, q.Answer, q.AnsweredBy))]);

    public static Contacts Of(ReadContacts.Found found) => new(found.Agent.Code, found.Queue.Code, found.Day, found.Page.Total,
        [.. found.Page.Rows.Select(c => new Call(c.CallId, DateTimeOffset.FromUnixTimeSeconds(c.EnteredAt), c.Wait, c.Talk))]);

    /// <summary>The agent of this code; a code such as Agent/DORIT is also found by its end when that is one agent's only.</summary>
    private static List<ReadMonth.Row> Named(IReadOnlyList<ReadMonth.Row> rows, string code)
    {
        if (rows.FirstOrDefault(r => r.Agent.Code == code) is { } exact) return [exact];
        List<ReadMonth.Row> ending = [.. rows.Where(r => r.Agent.Code.EndsWith("/" + code, StringComparison.OrdinalIgnoreCase))];
        return ending.Count == 1 ? ending : [];
    }

    public static PlanRef Of(Plan plan)
    {
        var terms = plan.Terms;
        return new PlanRef(plan.Version!.Value, Exact.Month(plan.EffectiveFrom!.Value), Exact.Plain(terms.Baseline), [.. terms.Starts.Select(Exact.Plain)], Exact.Price(terms.Price), Exact.Price(terms.Step));
    }

    public static AgentPay Of(Agent agent, Statement s, IReadOnlyDictionary<Guid, Queue> queues) => new(
        agent.Code, agent.Name, s.Contacts, Exact.Plain(s.Units), Exact.Plain(s.Quality), Exact.Plain(s.Hours), Exact.Money(s.Total),
        [.. s.Lines.Where(l => l.Tier is not null).OrderBy(l => l.Place).Select(l => new TierPay(l.Tier!.Value, Exact.Plain(l.Units), Exact.Price(l.Price!.Value), Exact.Money(l.Amount)))],
        [.. s.Lines.Where(l => l.AdjustedMonth is not null).OrderBy(l => l.Place).Select(l => new Adjustment(Exact.Month(l.AdjustedMonth!.Value), Exact.Plain(l.Units), Exact.Money(l.Amount)))],
        [.. s.Work.GroupBy(w => w.QueueId).Select(g => new QueuePay(queues[g.Key].Code, g.Sum(w => w.Contacts), Exact.Plain(g.First().Weight), Exact.Plain(g.Sum(w => w.Units)), Exact.Money(g.Sum(w => w.Amount)),
            [.. g.OrderBy(w => w.Day).Select(w => new DayPay(w.Day, w.Contacts, Exact.Plain(w.Units), Exact.Money(w.Amount)))])).OrderBy(q => q.Queue, StringComparer.Ordinal)]);
}
