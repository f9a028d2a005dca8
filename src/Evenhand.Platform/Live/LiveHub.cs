using System.Globalization;
using System.Security.Claims;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Identity;
using Evenhand.Platform.Sharing;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.SignalR;

namespace Evenhand.Platform.Live;

/// <summary>Where pages come to listen. Whatever no topic allows is refused, always in the same words.</summary>
internal sealed class LiveHub(LiveAudience audience, LivePages pages, LiveMarks marks, LiveRights rights, TimeProvider clock) : Hub
{
    public override Task OnConnectedAsync()
    {
        var culture = Context.GetHttpContext()?.Features.Get<IRequestCultureFeature>()?.RequestCulture.UICulture ?? CultureInfo.GetCultureInfo(Texts.Languages[0]);
        audience.Enter(new LiveListener(Context.ConnectionId, culture.TwoLetterISOLanguageName == "zh" ? Texts.Languages[0] : Texts.Languages[1], Context.User!, Context.Abort));
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        audience.Exit(Context.ConnectionId);
        return Task.CompletedTask;
    }

    /// <param name="mark">What the page carries; null for whoever shows no page.</param>
    public async Task Join(string topic, string? mark)
    {
        if (!await rights.May(Context.User!, topic, Context.ConnectionAborted) || audience.Join(Context.ConnectionId, topic) is not { } queue) throw new HubException("not-allowed");
        var listener = audience.Listener(Context.ConnectionId)!;
        await Groups.AddToGroupAsync(Context.ConnectionId, queue.Group(listener.Language), Context.ConnectionAborted);
        pages.Welcome(queue, listener);
        if (mark is not null && marks.IsOld(topic, mark)) await Clients.Caller.SendAsync("signal", topic, LivePages.Renew, null, clock.GetUtcNow().ToUnixTimeMilliseconds(), Context.ConnectionAborted);
    }

    public async Task Leave(string topic)
    {
        var language = audience.Listener(Context.ConnectionId)?.Language;
        if (audience.Leave(Context.ConnectionId, topic) is { } queue && language is not null)
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, queue.Group(language), Context.ConnectionAborted);
    }

    public static (string Kind, string Id) Parts(string topic) => topic.IndexOf(':', StringComparison.Ordinal) is var at and > 0 ? (topic[..at], topic[(at + 1)..]) : ("", topic);
}

/// <summary>Who may listen to what, asked anew each time.</summary>
internal sealed class LiveRights(IEnumerable<ILiveTopic> topics, AccessSource source, CurrentAccess current)
{
    private readonly ILookup<string, ILiveTopic> topics = topics.ToLookup(t => t.Kind, StringComparer.Ordinal);

    public async Task<bool> May(ClaimsPrincipal user, string topic, CancellationToken cancel)
    {
        if (topic is null or { Length: > LiveAudience.LongestTopic }) return false;
        if (ShareKeyScheme.SubjectOf(user) is { } subject && subject != topic) return false;
        var (kind, id) = LiveHub.Parts(topic);
        if (topics[kind].SingleOrDefault() is not { } found || await source.Of(user, cancel) is not { } access) return false;
        current.Set(access);
        return await found.May(access, id, cancel);
    }
}
