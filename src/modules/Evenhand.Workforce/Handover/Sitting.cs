using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evenhand.Workforce.Handover;

/// <summary>One leader's turn at a handover: nobody else changes it meanwhile, everything is saved at the end or nothing.</summary>
internal sealed class Sitting : IAsyncDisposable
{
    private readonly EvenhandDb db;
    private readonly IDbContextTransaction transaction;
    private readonly ILivePages pages;

    private Sitting(EvenhandDb db, IDbContextTransaction transaction, ILivePages pages, ShiftHandover handover, List<HandoverTeam> teams, HandoverPeople people, Access who, DateTimeOffset now) =>
        (this.db, this.transaction, this.pages, Handover, Teams, People, Who, Now) = (db, transaction, pages, handover, teams, people, who, now);

    public ShiftHandover Handover { get; }

    public IReadOnlyList<HandoverTeam> Teams { get; }

    public HandoverPeople People { get; }

    public Access Who { get; }

    public DateTimeOffset Now { get; }

    /// <summary>The hash of what was signed in this turn.</summary>
    public string? LastHash { get; private set; }

    /// <summary>Begins a turn; the handover's row is held until the end.</summary>
    public static async Task<Outcome<Sitting>> Begin(EvenhandDb db, ILivePages pages, Guid id, Func<ShiftHandover, Task<HandoverPeople>> people, Access who, DateTimeOffset now, CancellationToken cancel)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Handovers.Where(h => h.Id == id).ExecuteUpdateAsync(set => set.SetProperty(h => h.Turn, h => h.Turn + 1), cancel) == 0)
        {
            await transaction.DisposeAsync();
            return new Refusal("workforce.handover.not-found");
        }
        var handover = await db.Handovers.SingleAsync(h => h.Id == id, cancel);
        return new Sitting(db, transaction, pages, handover, await db.HandoverTeams.Where(t => t.HandoverId == id).ToListAsync(cancel), await people(handover), who, now);
    }

    public HandoverTeam? Side(Guid team, bool leaves) => Teams.FirstOrDefault(t => t.TeamId == team && t.Leaves == leaves);

    /// <summary>The handover as its rules see it.</summary>
    public HandoverFlow Flow => People.Flow(Handover, Teams);

    /// <summary>Takes over what the rules decided: states, numbers, times, and the facts that others wait for.</summary>
    public void Apply(HandoverFlow decided)
    {
        Handover.LastLog = decided.LastNumber;
        foreach (var leaver in decided.Leavers)
        {
            var row = Side(leaver.Team, true)!;
            var before = Enum.Parse<Leaving>(row.State);
            (row.SuccessorId, row.Log) = (leaver.Successor, leaver.Number);
            if (leaver.State == before) continue;
            row.State = leaver.State.ToString();
            if (leaver.State >= Leaving.Released && before < Leaving.Released)
            {
                row.ReleasedAt = Now;
                db.Publish(new TeamReleased(Handover.Id, leaver.Team, Handover.At), Now, Who.Name);
            }
            if (leaver.State == Leaving.Over) row.OverAt = Now;
        }
        foreach (var arriver in decided.Arrivers)
        {
            var row = Side(arriver.Team, false)!;
            row.Log = arriver.Read;
            if (row.State == arriver.State.ToString()) continue;
            (row.State, row.ReleasedAt) = (arriver.State.ToString(), Now);
            db.Publish(new TeamTookOver(Handover.Id, arriver.Team, Handover.At), Now, Who.Name);
        }
        Handover.ClosedAt = decided.IsClosed ? Handover.ClosedAt ?? Now : null;
    }

    /// <summary>Keeps who signed what; the content is bound to the signature before it, so that nothing can be changed or left out later.</summary>
    /// <param name="kind">hand-over, read, take-over, send-back, let-go or hand-to.</param>
    /// <param name="content">What was signed.</param>
    public async Task Sign(Guid team, string kind, object content, CancellationToken cancel)
    {
        var before = await db.Signatures.AsNoTracking().Where(s => s.HandoverId == Handover.Id).OrderByDescending(s => s.Number).Select(s => s.Hash).FirstOrDefaultAsync(cancel) ?? "";
        var text = JsonSerializer.Serialize(content, FactJson.Options);
        var (number, account) = (++Handover.LastSignature, Who.AccountId!.Value);
        db.Add(new Signature
        {
            Id = Guid.CreateVersion7(), HandoverId = Handover.Id, Number = number, TeamId = team, Kind = kind, At = Now, AccountId = account, By = Who.Name, Content = text, Before = before,
            Hash = LastHash = HashOf(before, number, team, kind, Now, account, text),
        });
    }

    /// <summary>SHA-256 over everything that was signed, in hexadecimal.</summary>
    public static string HashOf(string before, int number, Guid team, string kind, DateTimeOffset at, Guid account, string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{before}\n{number}\n{team}\n{kind}\n{at.ToUnixTimeMilliseconds()}\n{account}\n{content}")));

    /// <summary>Saves; when something was signed, the pages that look at it are told.</summary>
    public async Task Save(CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (LastHash is not null) pages.Refresh(HandoverTopic.Of(Handover.Id));
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
