using Evenhand.Kernel;
using Microsoft.AspNetCore.Http;

namespace Evenhand.Routing.Contracts;

/// <summary>Where a part stands.</summary>
public enum DeskSlot
{
    /// <summary>Left, below the own state.</summary>
    Side,

    /// <summary>With the current contact, after its own controls; only while there is one.</summary>
    Contact,

    /// <summary>On the page "my day".</summary>
    Day,
}

/// <summary>
/// A part that another capability brings to the agent desk: `services.AddSingleton(new DeskPart(typeof(DeskHelp), DeskSlot.Contact, 10, …))`. It is drawn with the
/// page and again whenever the desk changes; ask for that by <see cref="IDesks"/>.
/// </summary>
/// <param name="Component">A Razor component with the parameters `Desk` (<see cref="DeskView"/>) and, where there is a <paramref name="Read"/>, `Data` of what it answers. It is drawn without a request, so it injects nothing but texts.</param>
/// <param name="Slot">Where it stands.</param>
/// <param name="Order">Its place among the parts of a slot, ascending.</param>
/// <param name="Read">Reads what the component shows, for the agent of the desk; the services have no reader. Null for nothing. Answer null to draw nothing.</param>
public sealed record DeskPart(Type Component, DeskSlot Slot, int Order, Func<IServiceProvider, DeskView, CancellationToken, Task<object?>>? Read = null);

/// <summary>What a form of the desk does beyond the desk's own: registered scoped, found by name. The form is a `DeskForm` whose `What` is the name.</summary>
public interface IDeskAction
{
    /// <summary>The form's `What`: `help`, `escalate`.</summary>
    string Name { get; }

    /// <summary>Does it, for whoever is acting; a refusal is shown on the desk.</summary>
    /// <param name="posted">The form's fields; `contact` is the contact's id.</param>
    /// <param name="cancel">Ends when the browser goes away.</param>
    Task<Outcome<Done>> Run(IFormCollection posted, CancellationToken cancel);
}

/// <summary>The desks that are open on this node.</summary>
public interface IDesks
{
    /// <summary>Draws an agent's desk anew soon, if it is open; returns at once, from any thread.</summary>
    /// <param name="agentId">Whose desk.</param>
    void Redraw(Guid agentId);
}
