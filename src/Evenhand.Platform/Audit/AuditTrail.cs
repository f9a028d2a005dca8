using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;

namespace Evenhand.Platform.Audit;

/// <summary>Writes what is no change of an entity into the trail.</summary>
internal sealed class AuditTrail(EvenhandDb db, CurrentAccess current, TimeProvider clock) : IAuditTrail
{
    public void Record(string action, string subject, string subjectKey, object? details = null) => db.Add(new AuditEntry
    {
        Id = Guid.CreateVersion7(),
        At = clock.GetUtcNow(),
        AccountId = current.Access.AccountId,
        Actor = current.Access.Name,
        Action = action,
        Subject = subject,
        SubjectKey = subjectKey,
        After = details is null ? null : JsonSerializer.Serialize(details, FactJson.Options),
    });
}
