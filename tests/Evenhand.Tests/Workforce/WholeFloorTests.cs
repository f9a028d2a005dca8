using System.Data.Common;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Tests.Platform;
using Evenhand.Workforce.Handover;
using Evenhand.Workforce.Roster;
using Evenhand.Workforce.Seats;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Workforce;

/// <summary>Four hundred leave, four hundred arrive: twenty-eight teams on each side, every leader acting at once.</summary>
public sealed class WholeFloorTests
{
    private const int Teams = 28;
    private const int InTeam = 15;

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Everybody_is_handed_over_with_all_leaders_at_once_and_a_fixed_number_of_queries_each(Store store)
    {
        var counted = new Counted();
        var (centre, clock) = await ShiftCentre.Start(store, s => s.AddSingleton<IInterceptor>(counted));
        await using var open = centre;
        await Fill(centre);
        (await HandoverTests.RunOpen(centre)).ShouldBe(1);
        var id = (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Handovers.SingleAsync())).Id;
        var seated = await centre.Do(s => s.GetRequiredService<EvenhandDb>().Duties.Where(d => d.SeatId != null).Select(d => new { d.SeatId, d.Start }).ToListAsync());
        seated.Count.ShouldBe(2 * Teams * InTeam);
        seated.GroupBy(d => d).ShouldAllBe(g => g.Count() == 1);
        var most = 0;
        async Task Act<TSlice>(string team, Func<TSlice, Task<Refusal?>> act) where TSlice : notnull
        {
            var leader = Leader(await centre.Organisation(), team);
            counted.Begin();
            (await centre.Do(s => act(s.GetRequiredService<TSlice>()), leader)).ShouldBeNull(team);
            most = Math.Max(most, counted.End());
        }
        await All(i => Act<WriteLog>($"L{i}", async s => (await s.Run(id, $"L{i}", new(Contacts: 0, Orders: 0, NothingElse: true), default)).Refusal));
        await All(i => Act<CheckSeats>($"L{i}", async s => (await s.Run(id, $"L{i}", new(Rest: true), default)).Refusal));
        await All(i => Act<CallRoll>($"R{i}", async s => (await s.Run(id, $"R{i}", new(RestPresent: true), default)).Refusal));
        await All(i => Act<SignHandover>($"L{i}", async s => (await s.Run(id, $"L{i}", default)).Refusal));
        await All(i => Act<ConfirmLogs>($"R{i}", async s => (await s.Run(id, $"R{i}", default)).Refusal));
        await All(i => Act<TakeOver>($"R{i}", async s => (await s.Run(id, $"R{i}", default)).Refusal));
        most.ShouldBeLessThan(20 + 2 * InTeam, "an act asks the store a fixed number of times, and SQLite once for each row it writes");
        var view = await centre.Do(async s => (await s.GetRequiredService<ReadHandover>().Run(id, default)).Value);
        view.IsClosed.ShouldBeTrue();
        view.Leaving.ShouldAllBe(l => l.State == "Over" && l.Next == null);
        var record = await centre.Do(async s => (await s.GetRequiredService<ReadRecord>().Run(id, default)).Value);
        record.Holds.ShouldBeTrue();
        record.Entries.Count.ShouldBe(3 * Teams);
        var (release, organisation) = (centre.Services.GetRequiredService<IRelease>(), await centre.Organisation());
        (await Task.WhenAll(Enumerable.Range(0, Teams).Select(i => release.IsReleased(organisation.UnitOf($"L{i}"), clock.Now.AddMinutes(20), default)))).ShouldAllBe(r => r == true);
        counted.Begin();
        await centre.Do(s => s.GetRequiredService<ListHandovers>().Run(default));
        await centre.Do(s => s.GetRequiredService<ShowSeats>().Run(new(), default));
        counted.End().ShouldBeLessThan(40);

        static Task All(Func<int, Task> act) => Task.WhenAll(Enumerable.Range(0, Teams).Select(i => Task.Run(() => act(i))));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_crash_while_a_signature_is_stored_leaves_nothing_half_signed(Store store)
    {
        var crash = new Crash();
        var (centre, _) = await ShiftCentre.Start(store, s => s.AddSingleton<IInterceptor>(crash));
        await using var open = centre;
        var id = await HandoverTests.Open(centre);
        var leader = await centre.SignIn("team-leader", "T1");
        await leader.Prepare(id, "T1");
        var access = Leader(await centre.Organisation(), "T1");
        crash.Next = true;
        await Should.ThrowAsync<InvalidOperationException>(() => centre.Do(s => s.GetRequiredService<SignHandover>().Run(id, "T1", default), access));
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Signatures.CountAsync())).ShouldBe(0);
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Handovers.SingleAsync())).LastSignature.ShouldBe(0);
        (await centre.Do(s => s.GetRequiredService<SignHandover>().Run(id, "T1", default), access)).Succeeded.ShouldBeTrue();
        (await leader.Read($"/handovers/{id}/record")).GetProperty("holds").GetBoolean().ShouldBeTrue();
    }

    private static Access Leader(OrganisationSnapshot centre, string team) => new(Guid.CreateVersion7(), $"leader {team}", null, ["team-leader"],
        new Dictionary<string, Scope> { [Evenhand.Workforce.Rights.HandOver] = new(false, new HashSet<Guid> { centre.UnitOf(team) }, null) });

    private static async Task Fill(TestCentre centre)
    {
        var sides = new[] { "L", "R" };
        await centre.Do(s => s.GetRequiredService<IOrganisation>().Establish(new OrganisationPlan(null,
            [.. sides.SelectMany(side => Enumerable.Range(0, Teams).Select(i => new PlannedUnit($"{side}{i}", "D1", UnitKind.Team, $"{side} {i}")))],
            [.. sides.SelectMany(side => Enumerable.Range(0, Teams * InTeam).Select(i => new PlannedAgent($"{side}-{i}", $"{side} {i}", SampleCentre.Start, null, [($"{side}{i % Teams}", SampleCentre.Start, null)])))], []), default));
        var lines = sides.SelectMany(side => Enumerable.Range(0, Teams * InTeam).Select(i => new PublishDuties.Line($"{side}-{i}", ShiftCentre.Today, Shift: side == "L" ? "early" : "late"))).ToList();
        (await centre.Do(s => s.GetRequiredService<PublishDuties>().Run(new(ShiftCentre.Today, ShiftCentre.Today, [.. lines.Select(l => l.Agent)], lines), default))).Value.Added.ShouldBe(2 * Teams * InTeam);
        (await centre.Do(s => s.GetRequiredService<DefineRoom>().Run(new("A", 21, 20), default))).Value.Seats.ShouldBe(420);
    }

    /// <summary>Counts what is asked of the store within one flow of calls.</summary>
    private sealed class Counted : DbCommandInterceptor
    {
        private readonly AsyncLocal<Box?> now = new();

        public void Begin() => now.Value = new Box();

        public int End() => now.Value!.Count;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (now.Value is { } box) Interlocked.Increment(ref box.Count);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        private sealed class Box
        {
            public int Count;
        }
    }

    /// <summary>The store goes away at the moment of the commit, once.</summary>
    private sealed class Crash : DbTransactionInterceptor
    {
        public bool Next { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            if (!Next) return base.TransactionCommittingAsync(transaction, eventData, result, cancellationToken);
            Next = false;
            throw new InvalidOperationException("the store went away");
        }
    }
}
