using Evenhand.Design;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Live;

/// <summary>A centre with two topics of its own: `open:x` for whoever is signed in, `unit:{id}` for whoever may read the organisation there.</summary>
internal static class LiveCentre
{
    public static Task<TestCentre> Start(Store store, TimeProvider? clock = null) => TestCentre.Start(store, builder =>
    {
        if (clock is not null) builder.Services.AddSingleton(clock);
        builder.Services.AddScoped<ILiveTopic, OpenTopic>().AddScoped<ILiveTopic, UnitTopic>().AddSingleton<Board>();
    });

    extension(TestCentre centre)
    {
        public ILivePages Live => centre.Services.GetRequiredService<ILivePages>();

        /// <summary>A page of whoever has this cookie; null for nobody.</summary>
        public async Task<HubClient> Listen(string? cookie, string? language = null, string? origin = null, string query = "")
        {
            var sockets = ((TestServer)centre.Services.GetRequiredService<IServer>()).CreateWebSocketClient();
            sockets.ConfigureRequest = request =>
            {
                var cookies = new[] { cookie, language is null ? null : $".AspNetCore.Culture=c%3D{language}%7Cuic%3D{language}" };
                request.Headers.Cookie = string.Join("; ", cookies.Where(c => c is not null));
                if (origin is not null) request.Headers.Origin = origin;
            };
            return await HubClient.Over(await sockets.ConnectAsync(new Uri("http://localhost/live" + query), default));
        }
    }

    /// <summary>What the page of `open:` shows, kept outside of the page.</summary>
    internal sealed class Board
    {
        public string Text { get; set; } = "";
    }

    private sealed class OpenTopic(Board board) : ILiveTopic
    {
        public string Kind => "open";

        public Task<bool> May(Access access, string id, CancellationToken cancel) => Task.FromResult(true);

        public ValueTask<IReadOnlyList<LiveFragment>> Now(string id, CancellationToken cancel) =>
            ValueTask.FromResult<IReadOnlyList<LiveFragment>>(board.Text == "" ? [] : [Drawn.Text("board", board.Text)]);
    }

    private sealed class UnitTopic : ILiveTopic
    {
        public string Kind => "unit";

        public Task<bool> May(Access access, string id, CancellationToken cancel) =>
            Task.FromResult(Guid.TryParse(id, out var unit) && access.ScopeOf("platform.organisation-read").Covers(unit, null));
    }
}

/// <summary>Fragments of the house's own components.</summary>
internal static class Drawn
{
    public static LiveFragment Text(string target, string text) => LiveFragment.Of<Badge>(target, () => new() { ["Text"] = text }, LiveAction.Update);

    public static LiveFragment Toast(string text) => LiveFragment.Of<ToastItem>("toasts", () => new() { ["Toast"] = new Toast(text) }, LiveAction.Append);
}

/// <summary>What a desk holds, as far as drawing goes.</summary>
public sealed class Desk : ComponentBase
{
    [Parameter] public DateTimeOffset Since { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "section");
        builder.AddAttribute(1, "id", "desk");
        builder.OpenComponent<Ticker>(2);
        builder.AddComponentParameter(3, nameof(Ticker.Since), Since);
        builder.CloseComponent();
        builder.OpenComponent<Icon>(4);
        builder.AddComponentParameter(5, nameof(Icon.Name), "phone");
        builder.CloseComponent();
        builder.OpenComponent<PostForm>(6);
        builder.AddComponentParameter(7, nameof(PostForm.Action), "/desk/accept");
        builder.CloseComponent();
        builder.OpenComponent<Dialog>(8);
        builder.AddComponentParameter(9, nameof(Dialog.Id), "note");
        builder.AddComponentParameter(10, nameof(Dialog.Title), "Note");
        builder.CloseComponent();
        builder.OpenComponent<Keys>(11);
        builder.CloseComponent();
        builder.OpenComponent<Beat>(12);
        builder.AddComponentParameter(13, nameof(Beat.Href), "/beat");
        builder.CloseComponent();
        builder.OpenComponent<RingControl>(14);
        builder.CloseComponent();
        builder.CloseElement();
    }
}
