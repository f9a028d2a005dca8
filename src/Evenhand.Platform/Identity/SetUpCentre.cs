using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Identity;

/// <summary>The code that proves, while there is no account yet, that whoever sets the centre up also started the program: it is printed there.</summary>
internal sealed class SetUpCode
{
    public string Code { get; } = RandomNumberGenerator.GetString("ABCDEFGHJKMNPQRSTUVWXYZ23456789", 10);

    public bool Matches(string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given.Trim().ToUpperInvariant()), Encoding.UTF8.GetBytes(Code));
}

/// <summary>The very first step of a new centre: its name, its zone, its administrator.</summary>
internal sealed class SetUpCentre(EvenhandDb db, SetUpCode code, CreateAccount accounts, IOrganisation organisation, CurrentAccess current) : ISetUp
{
    public sealed record Request([Required] string Code, [Required, MaxLength(200)] string Centre, [Required] string Zone,
        [Required, MaxLength(100)] string Name, [Required, MaxLength(200)] string Password);

    async Task<string?> ISetUp.Code(CancellationToken cancel) => await Needed(cancel) ? code.Code : null;

    public async Task<bool> Needed(CancellationToken cancel) => !await db.Accounts.AnyAsync(cancel);

    public async Task<Outcome<Done>> Run(Request request, CancellationToken cancel)
    {
        if (!await Needed(cancel)) return new Refusal("platform.set-up-done");
        if (!code.Matches(request.Code)) return new Refusal("platform.set-up-code-wrong");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(request.Zone, out _)) return new Refusal("platform.zone-unknown", request.Zone);
        current.Set(Access.System("set-up"));
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var units = await db.Set<Organisation.UnitRow>().AnyAsync(cancel);
        await organisation.Establish(new OrganisationPlan(request.Zone, units ? [] : [new PlannedUnit("centre", null, UnitKind.Centre, request.Centre)], [], []), cancel);
        var created = await accounts.Run(new CreateAccount.Request(request.Name, null, request.Password, Roles.Administrator, null, null, false), cancel);
        if (created.Refused(out var refusal)) return refusal;
        await transaction.CommitAsync(cancel);
        return Done.It;
    }
}
