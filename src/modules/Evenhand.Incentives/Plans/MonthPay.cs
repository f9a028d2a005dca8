using Evenhand.Analytics.Baselines;

namespace Evenhand.Incentives.Plans;

/// <summary>Contacts of one queue on one day.</summary>
internal sealed record DayWork(DateOnly Day, Guid QueueId, string Queue, int Contacts);

/// <summary>A day's work in one queue with what it counts and what it earned: the pay up to and with it less the pay before it.</summary>
internal sealed record WorkPay(DateOnly Day, Guid QueueId, string Queue, int Contacts, decimal Weight, decimal Units, decimal Amount);

/// <summary>What a month's work earns under some terms, explained: the lines by tier and the days by queue add up to the same cent.</summary>
/// <param name="Contacts">Contacts handled, not weighed.</param>
/// <param name="Units">Weighted units paid: contacts × weight, summed, × both coefficients.</param>
/// <param name="Quality">Coefficient for accuracy.</param>
/// <param name="Hours">Coefficient for hours worked.</param>
/// <param name="Lines">One line per tier reached.</param>
/// <param name="Work">By day, then queue.</param>
/// <param name="Amount">The sum of the lines.</param>
internal sealed record MonthPay(int Contacts, decimal Units, decimal Quality, decimal Hours, IReadOnlyList<PayLine> Lines, IReadOnlyList<WorkPay> Work, decimal Amount)
{
    public static MonthPay Of(PlanTerms terms, IReadOnlyList<DayWork> work, decimal? hours = null, decimal? accuracy = null)
    {
        List<DayWork> ordered = [.. work.OrderBy(w => w.Day).ThenBy(w => w.Queue, StringComparer.Ordinal)];
        var weighed = terms.Weighing.Weigh(ordered.Select(w => new WorkDone(w.Queue, null, null, w.Contacts)), accuracy, hours);
        var rates = terms.Rates;
        var (coefficient, units, paid) = (weighed.Quality * weighed.Hours, 0m, 0m);
        List<WorkPay> explained = [];
        foreach (var (day, line) in ordered.Zip(weighed.Lines))
        {
            units += line.Units * coefficient;
            var upTo = rates.Pay(units).Total;
            explained.Add(new WorkPay(day.Day, day.QueueId, day.Queue, day.Contacts, line.Weight, line.Units, upTo - paid));
            paid = upTo;
        }
        var pay = rates.Pay(units);
        return new MonthPay(ordered.Sum(w => w.Contacts), units, weighed.Quality, weighed.Hours, pay.Lines, explained, pay.Total);
    }
}
