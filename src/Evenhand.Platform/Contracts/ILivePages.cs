using Microsoft.AspNetCore.Components;

namespace Evenhand.Platform.Contracts;

/// <summary>
/// Sends what changed to the pages that look at it. A topic (`kind:id`, such as `desk:7f…`) is the unit of rights: what is pushed to it is seen by
/// everybody whom its <see cref="ILiveTopic"/> lets join, so it must hold nothing that one of them may not see.
/// Every method returns at once and may be called from any thread; nothing is rendered in the caller's.
/// </summary>
public interface ILivePages
{
    /// <summary>Whether any page on this node listens to the topic; asked before anything is made ready for it. Costs one look-up.</summary>
    /// <param name="topic">`kind:id`.</param>
    bool HasListeners(string topic);

    /// <summary>
    /// Changes a part of the pages that listen. The first push of a quiet topic goes out at once, later ones together, at most five times a second, in the order given;
    /// of two that replace or update the same element the older is dropped if it still waits. With no listener nothing happens.
    /// </summary>
    /// <param name="topic">`kind:id`.</param>
    /// <param name="fragment">What is put where; rendered once for each language that is listening.</param>
    void Push(string topic, LiveFragment fragment);

    /// <summary>Sends a small message that scripts hear as the DOM events `eh:signal` and `eh:signal:{name}`; goes out in order with the pushes of its topic.</summary>
    /// <param name="topic">`kind:id`.</param>
    /// <param name="name">Letters, digits and dashes: `offer`, `offer-gone`.</param>
    /// <param name="payload">Becomes JSON, camel case; keep it below 1 KB and free of words, which would be in no reader's language.</param>
    void Signal(string topic, string name, object? payload = null);

    /// <summary>Asks the pages that listen to fetch themselves anew, keeping what is typed, open and focused.</summary>
    /// <param name="topic">`kind:id`.</param>
    void Refresh(string topic);
}

/// <summary>How a fragment is put into the page.</summary>
public enum LiveAction
{
    /// <summary>In place of the element, which the fragment has to bring again with the same id; what did not change stays untouched.</summary>
    Replace,

    /// <summary>In place of what the element holds; what did not change stays untouched.</summary>
    Update,

    /// <summary>As the last child; a child that has the same id leaves first.</summary>
    Append,

    /// <summary>As the first child; a child that has the same id leaves first.</summary>
    Prepend,

    /// <summary>The element leaves; nothing is rendered.</summary>
    Remove,
}

/// <summary>A component with its parameters and its place on the page.</summary>
/// <param name="Target">The element's id. A page that has no such element ignores the fragment.</param>
/// <param name="Component">
/// A Razor component; null for <see cref="LiveAction.Remove"/>. It is rendered without a request: no HttpContext is cascaded and nobody is signed in, so everything it shows
/// comes by its parameters. Texts and formats are the listener's language. Give ids to what may be focused or opened, so that it stays so when the next one arrives.
/// </param>
/// <param name="Parameters">Called shortly before rendering, from another thread, once a language; give it values that do not change any more. Null for none.</param>
/// <param name="Action">How it is put there.</param>
public sealed record LiveFragment(string Target, Type? Component, Func<Dictionary<string, object?>>? Parameters = null, LiveAction Action = LiveAction.Replace)
{
    /// <summary>A fragment of the component given.</summary>
    /// <typeparam name="TComponent">The component.</typeparam>
    /// <param name="target">The element's id.</param>
    /// <param name="parameters">The component's parameters by name.</param>
    /// <param name="action">How it is put there.</param>
    public static LiveFragment Of<TComponent>(string target, Func<Dictionary<string, object?>>? parameters = null, LiveAction action = LiveAction.Replace) where TComponent : IComponent =>
        new(target, typeof(TComponent), parameters, action);

    /// <summary>Takes an element away.</summary>
    /// <param name="target">The element's id.</param>
    public static LiveFragment Gone(string target) => new(target, null, null, LiveAction.Remove);
}
