namespace Evenhand.Design;

/// <summary>One entry of the side menu.</summary>
/// <param name="Key">A stable key, unique in the menu.</param>
/// <param name="Text">What the reader sees.</param>
/// <param name="Href">A local path; the longest that the current path starts with is the current entry.</param>
/// <param name="Icon">A Lucide name.</param>
/// <param name="Group">The heading it stands under; empty for the entries on top.</param>
/// <param name="Order">Its place; groups stand in the order of their first entry.</param>
public sealed record MenuItem(string Key, string Text, string Href, string Icon, string Group, int Order);

/// <summary>One step of the way to the present page; the last has no address.</summary>
public sealed record Crumb(string Text, string? Href = null);
