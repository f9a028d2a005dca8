using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evenhand.Platform.Live;

/// <summary>Draws and sends what the topics' queues hold, a few topics at a time, apart from whoever pushed it.</summary>
internal sealed partial class LivePages(LiveAudience audience, LiveMarks marks, IHubContext<LiveHub> hub, IServiceScopeFactory scopes, TimeProvider clock, ILogger<LivePages> log) : ILivePages, IDisposable
{
    /// <summary>How long a topic rests after it began to send.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    /// <summary>The signal that has a page fetch itself anew.</summary>
    public const string Renew = "refresh";

    // Drawing takes a processor: the rest of them stay with those who ask for pages.
    private readonly SemaphoreSlim drawing = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly CancellationTokenSource over = new();

    public bool HasListeners(string topic) => audience.Topic(topic) is { HasListeners: true };

    public void Push(string topic, LiveFragment fragment) => Add(topic, new LiveEntry.Fragment(fragment));

    public void Signal(string topic, string name, object? payload = null) => Add(topic, new LiveEntry.Signal(name, payload));

    public void Refresh(string topic)
    {
        marks.Change(topic);
        Add(topic, new LiveEntry.Refresh());
    }

    public void Welcome(LiveTopicQueue queue, LiveListener listener) => Add(queue, new LiveEntry.Welcome(listener.Connection, listener.Language));

    public void Dispose() => over.Cancel();

    private void Add(string topic, LiveEntry entry)
    {
        if (audience.Topic(topic) is { HasListeners: true } queue) Add(queue, entry);
    }

    private void Add(LiveTopicQueue queue, LiveEntry entry)
    {
        if (queue.Add(entry)) ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Pages.Send(work.Queue), (Pages: this, Queue: queue), preferLocal: false);
    }

    /// <summary>Sends until the queue is empty, with a rest after each time; the queue stays marked as busy meanwhile, so that nobody else does.</summary>
    private async Task Send(LiveTopicQueue queue)
    {
        try
        {
            do
            {
                var rest = Task.Delay(Rest, clock, over.Token);
                await drawing.WaitAsync(over.Token);
                try
                {
                    await Send(queue, queue.Take());
                }
                catch (Exception fault) when (!over.IsCancellationRequested)
                {
                    NotDrawn(log, queue.Name, "everything", fault);
                }
                finally
                {
                    drawing.Release();
                }
                await rest;
            }
            while (queue.Goes());
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The program ends; pages come back to the next one and fetch themselves anew.
        }
    }

    private async Task Send(LiveTopicQueue queue, List<LiveEntry> entries)
    {
        foreach (var language in queue.Languages)
        {
            await using var desk = new Desk(scopes, language);
            var group = hub.Clients.Group(queue.Group(language));
            var markup = new StringBuilder();
            foreach (var entry in entries)
            {
                if (entry is LiveEntry.Fragment { Given: var fragment })
                {
                    await Draw(queue, desk, fragment, markup);
                    continue;
                }
                await Stream(group, markup);
                if (entry is LiveEntry.Signal signal) await group.SendAsync("signal", queue.Name, signal.Name, signal.Payload, Now, over.Token);
                if (entry is LiveEntry.Refresh) await group.SendAsync("signal", queue.Name, Renew, null, Now, over.Token);
                if (entry is LiveEntry.Welcome welcome && welcome.Language == language) await Greet(queue, desk, welcome);
            }
            await Stream(group, markup);
        }
    }

    private async Task Greet(LiveTopicQueue queue, Desk desk, LiveEntry.Welcome welcome)
    {
        var markup = new StringBuilder();
        try
        {
            var (kind, id) = LiveHub.Parts(queue.Name);
            if (desk.Services.GetServices<ILiveTopic>().FirstOrDefault(t => t.Kind == kind) is { } topic)
                foreach (var fragment in await topic.Now(id, over.Token))
                    await Draw(queue, desk, fragment, markup);
        }
        catch (Exception fault) when (!over.IsCancellationRequested)
        {
            NotDrawn(log, queue.Name, "the present state", fault);
        }
        await hub.Clients.Client(welcome.Connection).SendAsync("stream", markup.ToString(), Now, over.Token);
    }

    /// <summary>A fragment that cannot be drawn is left out; the others are not held up by it.</summary>
    private async Task Draw(LiveTopicQueue queue, Desk desk, LiveFragment fragment, StringBuilder markup)
    {
        try
        {
            var inner = fragment.Component is null ? "" : await desk.Draw(fragment.Component, fragment.Parameters?.Invoke());
            var action = fragment.Action switch
            {
                LiveAction.Replace => "replace\" method=\"morph", LiveAction.Update => "update\" method=\"morph", LiveAction.Append => "append", LiveAction.Prepend => "prepend", _ => "remove",
            };
            markup.Append("<turbo-stream action=\"").Append(action).Append("\" target=\"").Append(HtmlEncoder.Default.Encode(fragment.Target)).Append("\"><template>").Append(inner).Append("</template></turbo-stream>");
        }
        catch (Exception fault) when (!over.IsCancellationRequested)
        {
            NotDrawn(log, queue.Name, fragment.Target, fault);
        }
    }

    private async Task Stream(IClientProxy to, StringBuilder markup)
    {
        if (markup.Length == 0) return;
        await to.SendAsync("stream", markup.ToString(), Now, over.Token);
        markup.Clear();
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(Level = LogLevel.Error, Message = "A live part of {Topic} was not drawn: {Target}")]
    private static partial void NotDrawn(ILogger log, string topic, string target, Exception fault);

    /// <summary>What drawing in one language takes: its own services, made when the first fragment comes.</summary>
    private sealed class Desk(IServiceScopeFactory scopes, string language) : IAsyncDisposable
    {
        private readonly CultureInfo culture = CultureInfo.GetCultureInfo(language);
        private AsyncServiceScope? scope;
        private LiveRenderer? renderer;

        public IServiceProvider Services => (scope ??= scopes.CreateAsyncScope()).ServiceProvider;

        public Task<string> Draw(Type component, Dictionary<string, object?>? parameters)
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return (renderer ??= LiveRenderer.In(Services)).Render(component, parameters);
        }

        public async ValueTask DisposeAsync()
        {
            if (renderer is IAsyncDisposable drawn) await drawn.DisposeAsync();
            if (scope is { } open) await open.DisposeAsync();
        }
    }
}
