namespace Evenhand.Design;

/// <summary>How something stands; decides the tint of badges, tiles, steps and notices.</summary>
public enum Status
{
    /// <summary>No judgement.</summary>
    None,

    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Worth a look.</summary>
    Warn,

    /// <summary>Wrong.</summary>
    Bad,

    /// <summary>For information, or under way.</summary>
    Info,
}

internal static class StatusLooks
{
    public static string Css(this Status status) => status switch
    {
        Status.Ok => "ok",
        Status.Warn => "warn",
        Status.Bad => "bad",
        Status.Info => "info",
        _ => "",
    };

    public static string IconName(this Status status) => status switch
    {
        Status.Ok => "circle-check",
        Status.Warn => "triangle-alert",
        Status.Bad => "circle-x",
        _ => "info",
    };
}
