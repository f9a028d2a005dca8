using System.Globalization;
using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Evenhand.Platform.Contracts;

/// <summary>
/// What a page of any capability needs: texts, who is reading, the problems of its forms, and the way on after one succeeded.
/// A page alone talks to the store; its child components are given what they show, because one store context serves the whole request.
/// </summary>
public abstract class ModulePage : ComponentBase
{
    private readonly Dictionary<string, FormProblems> problems = [];

    /// <summary>The request that is being answered.</summary>
    [CascadingParameter] public HttpContext Http { get; set; } = null!;

    /// <summary>The texts in the reader's language.</summary>
    [Inject] protected Texts T { get; set; } = null!;

    /// <summary>Where the program is and where it can go on to.</summary>
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    [Inject] private CurrentAccess Current { get; set; } = null!;

    /// <summary>Who reads the page, and what that person may do where.</summary>
    protected Access Who => Current.Access;

    /// <summary>Ends when the reader goes away.</summary>
    protected CancellationToken Cancel => Http.RequestAborted;

    /// <summary>The list query of the page's address.</summary>
    protected GridQuery Query => GridQuery.Parse(Navigation.Uri);

    /// <summary>What is wrong with a posted form; given to the form's <c>Problems</c>.</summary>
    /// <param name="form">The form's name.</param>
    protected FormProblems ProblemsOf(string form)
    {
        if (!problems.TryGetValue(form, out var found)) problems[form] = found = new FormProblems();
        return found;
    }

    /// <summary>True when the request breaks none of its annotations; otherwise the form's problems are filled.</summary>
    /// <param name="form">The form's name.</param>
    /// <param name="request">The slice's request.</param>
    protected bool Valid(string form, object request)
    {
        foreach (var (field, message) in Checks.Of(request, T)) ProblemsOf(form).Add(message, field);
        return ProblemsOf(form).None;
    }

    /// <summary>True when the outcome is a refusal, which is then shown with the form.</summary>
    /// <param name="form">The form's name.</param>
    /// <param name="outcome">What the slice answered.</param>
    protected bool Refused<TValue>(string form, Outcome<TValue> outcome)
    {
        if (!outcome.Refused(out var refusal)) return false;
        ProblemsOf(form).Add(T[refusal]);
        return true;
    }

    /// <summary>Ends a form that succeeded: goes on to a page that says so once.</summary>
    /// <param name="href">A local path.</param>
    /// <param name="textKey">What is said.</param>
    /// <param name="args">What the text names.</param>
    protected void Done(string href, string textKey, params object?[] args)
    {
        Flash.Keep(Http, new Toast(T[textKey, args]));
        Navigation.NavigateTo(href);
    }

    /// <summary>A moment in the centre's zone, as people read it.</summary>
    /// <param name="moment">The moment, or null.</param>
    /// <param name="zone">The centre's zone.</param>
    protected static string Moment(DateTimeOffset? moment, TimeZoneInfo zone) => Format.Moment(moment, zone);

    /// <summary>A date of a form as posted (yyyy-MM-dd); null when it is none.</summary>
    /// <param name="text">What was posted.</param>
    protected static DateOnly? DateOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
