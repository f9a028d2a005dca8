using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Talk;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.CallBacks;

/// <summary>Watches how many calls wait how long; suggests call-backs when a peak lasts, and the way back when it is calm again.</summary>
internal sealed class WatchPeak(EvenhandDb db, IFloor floor, TalkReach reach, TalkRules rules, TalkNews news, INotifications notifications)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    /// <summary>Waiting calls and the longest wait in seconds, now.</summary>
    public static (int Waiting, int Longest) Of(FloorPicture floor, DateTimeOffset now)
    {
        var calls = floor.Queues.Values.Where(q => q.Channel == Channel.Call).ToList();
        return (calls.Sum(q => q.Waiting), calls.Min(q => q.OldestAt) is { } oldest ? Math.Max(0, (int)(now - oldest).TotalSeconds) : 0);
    }

    /// <summary>One look; false where the floor does not run.</summary>
    public async Task<bool> Run(CancellationToken cancel)
    {
        var picture = floor.Now();
        if (!picture.IsRunning) return false;
        var (now, peak, (waiting, longest)) = (reach.Now, (await rules.Read(cancel)).Peak, Of(picture, reach.Now));
        var watch = await db.PeakWatches.FirstOrDefaultAsync(w => w.Id == PeakWatch.Only, cancel);
        if (watch is null) db.Add(watch = new PeakWatch { Id = PeakWatch.Only });
        var (over, calm) = (PromiseStates.PeakSince(watch.PeakSince, waiting, longest, peak, now), PromiseStates.CalmSince(watch.CalmSince, waiting, peak, now));
        var turned = over is null != watch.PeakSince is null || calm is null != watch.CalmSince is null;
        if (!turned && now - watch.At < Kept) return true;
        (watch.PeakSince, watch.CalmSince, watch.Waiting, watch.LongestSeconds, watch.At) = (over, calm, waiting, longest, now);
        if (turned) watch.ToldAt = null;
        if (watch.ToldAt is null && await Suggestion(watch, peak, now, cancel) is { } said)
        {
            watch.ToldAt = now;
            await notifications.Tell(Rights.CallBackMode, null, said, [waiting, longest], "/call-backs", cancel);
            await news.Tell(TalkNews.CallBacks, null, null, cancel);
        }
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>What is suggested now, as a text key: to begin while no team takes numbers, to end while one does; null for nothing.</summary>
    public async Task<string?> Suggestion(PeakWatch? watch, PeakRules peak, DateTimeOffset now, CancellationToken cancel)
    {
        if (watch is null) return null;
        var on = await db.CallBackModes.AnyAsync(m => m.OpenOf != null && m.PeakEndedAt == null, cancel);
        if (!on && PromiseStates.Lasts(watch.PeakSince, peak, now)) return "routing.peak-suggested";
        return on && PromiseStates.Lasts(watch.CalmSince, peak, now) ? "routing.calm-suggested" : null;
    }
}
