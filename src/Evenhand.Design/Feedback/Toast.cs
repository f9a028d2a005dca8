namespace Evenhand.Design;

/// <summary>A message shown once, after something was done.</summary>
public sealed record Toast(string Text, Status Status = Status.Ok, string? Href = null, string? LinkText = null);
