using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Evenhand.Platform.Contracts;

/// <summary>What every frame around a page knows: who reads, what that person's menu is, and what is to be said once.</summary>
public abstract class FrameLayout : LayoutComponentBase
{
    /// <summary>The request that is being answered.</summary>
    [CascadingParameter] public HttpContext Http { get; set; } = null!;

    /// <summary>The modules of the program.</summary>
    [Inject] protected ModuleList Installed { get; set; } = null!;

    /// <summary>The texts in the reader's language.</summary>
    [Inject] protected Texts T { get; set; } = null!;

    [Inject] private CurrentAccess Current { get; set; } = null!;

    /// <summary>Who reads the page.</summary>
    protected Access Who => Current.Access;

    /// <summary>Messages to show once.</summary>
    protected IReadOnlyList<Toast> Toasts { get; private set; } = [];

    /// <summary>The entries of the menu that the reader may open.</summary>
    protected IReadOnlyList<MenuItem> Items =>
    [
        .. Installed.All.SelectMany(m => m.Menu).Where(e => Who.May(e.Permission)).OrderBy(e => e.Order)
            .Select(e => new MenuItem(e.Href, T[e.TextKey], e.Href, e.Icon, T[e.Group], e.Order)),
    ];

    /// <summary>The reader's roles by name.</summary>
    protected IReadOnlyList<string> RoleNames => [.. Who.Roles.Select(role => T["role." + role])];

    /// <summary>How many notifications the reader has not read.</summary>
    protected int Unread => PlatformWeb.UnreadOf(Http);

    /// <inheritdoc />
    protected override void OnInitialized() => Toasts = Flash.Take(Http);
}
