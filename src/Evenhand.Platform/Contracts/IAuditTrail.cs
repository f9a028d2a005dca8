namespace Evenhand.Platform.Contracts;

/// <summary>Marks an entity whose every change is recorded in the audit trail: who, when, what, before and after. Changes made past the change tracker (bulk updates) are not seen.</summary>
public interface IAudited;

/// <summary>On a property of an audited entity: not worth recording.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnauditedAttribute : Attribute;

/// <summary>On a property of an audited entity: that it changed is recorded, its value never.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>Records what happened and is not a change of an entity: an import was run, personal data was unmasked, a list was exported.</summary>
public interface IAuditTrail
{
    /// <summary>Adds an entry in the name of whoever is acting; it is saved with the caller's own changes.</summary>
    /// <param name="action">What was done, as a text key.</param>
    /// <param name="subject">What it was done to: a table-like noun such as `import` or `contact`.</param>
    /// <param name="subjectKey">The subject's id or name.</param>
    /// <param name="details">Further facts, kept as JSON; never a secret.</param>
    void Record(string action, string subject, string subjectKey, object? details = null);
}
