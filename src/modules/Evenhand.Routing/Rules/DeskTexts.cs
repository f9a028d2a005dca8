using Evenhand.Routing.WorkItems;

namespace Evenhand.Routing.Rules;

/// <summary>What the desk shows beside a contact: scripts to say and notes to take by one click; of one queue, or of all.</summary>
internal sealed record DeskTexts(IReadOnlyList<Script> Scripts, IReadOnlyList<QuickNote> Notes)
{
    public static DeskTexts None { get; } = new([], []);
}

/// <summary>A short text to say, such as a greeting.</summary>
internal sealed record Script(string TitleZh, string TitleEn, string TextZh, string TextEn)
{
    public string Title => LocalName.Of(TitleZh, TitleEn);

    public string Text => LocalName.Of(TextZh, TextEn);
}

/// <summary>A note that is taken by one click.</summary>
internal sealed record QuickNote(string Zh, string En)
{
    public string Text => LocalName.Of(Zh, En);
}
