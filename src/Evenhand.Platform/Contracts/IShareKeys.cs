using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Microsoft.AspNetCore.Http;

namespace Evenhand.Platform.Contracts;

/// <summary>
/// Links that open one page to whoever has them, such as a wallboard on a wall that nobody signs in at. The link's key is 128 random bits; only its hash is kept. Who comes with it
/// has one right over one part of the organisation, may read the page it was made for, may join its one topic, and nothing else.
/// </summary>
public interface IShareKeys
{
    /// <summary>Makes a link. Whether the one who acts may share is the caller's to ask; that nobody gives more than the own right is asked here.</summary>
    /// <param name="request">What the link opens.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The address with its key, shown once; refused: `platform.share-beyond-scope.not-allowed`, `platform.key-expires-in-past`.</returns>
    Task<Outcome<MadeShareKey>> Make(NewShareKey request, CancellationToken cancel);

    /// <summary>Ends a link at once; pages that were opened with it stop listening within a minute.</summary>
    /// <param name="id">Which.</param>
    /// <param name="subject">The subject it was made for, so that a module ends only links of its own.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>Refused: `platform.key.not-found`, also where it lies beyond the right of the one who acts.</returns>
    Task<Outcome<Done>> Revoke(Guid id, string subject, CancellationToken cancel);

    /// <summary>The links of a subject, the newest first, ended ones too; only those within the right of the one who acts.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="cancel">Stops.</param>
    Task<IReadOnlyList<ShareKey>> Of(string subject, CancellationToken cancel);

    /// <summary>The subject of the link by which the request came; null when somebody is signed in or nobody is.</summary>
    /// <param name="http">The request.</param>
    static string? SubjectOf(HttpContext http) => Sharing.ShareKeyScheme.SubjectOf(http.User);
}

/// <summary>What a link is to open.</summary>
/// <param name="Name">What it is called, such as the wall it hangs on; up to 100 characters.</param>
/// <param name="Subject">The topic that may be joined (`wallboard:7f…`); up to 200 characters.</param>
/// <param name="Path">The page: an absolute local path without query, such as `/wallboards/7f…`; up to 300 characters.</param>
/// <param name="Permission">The one permission that the page and the topic ask for; one that only reads.</param>
/// <param name="UnitId">The unit over which it holds, all below included; null for the whole organisation.</param>
/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
public sealed record NewShareKey([property: Required, MaxLength(100)] string Name, [property: Required, MaxLength(200)] string Subject, [property: Required, MaxLength(300), RegularExpression("/[^/?#][^?#]*")] string Path,
    [property: Required, MaxLength(100)] string Permission, Guid? UnitId, DateTimeOffset? ExpiresAt);

/// <summary>A link just made.</summary>
/// <param name="Id">Which.</param>
/// <param name="Address">Path and key, `/wallboards/7f…?key=…`; never shown again.</param>
public sealed record MadeShareKey(Guid Id, string Address);

/// <summary>A link as it is listed.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Path">The page.</param>
/// <param name="UnitId">The unit over which it holds; null for all.</param>
/// <param name="MadeBy">Who made it, by name.</param>
/// <param name="MadeAt">When.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="RevokedAt">When somebody ended it.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
/// <param name="Works">Whether it opens the page now.</param>
public sealed record ShareKey(Guid Id, string Name, string Path, Guid? UnitId, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt, bool Works);
