using Evenhand.Dispatch.Fairness;
using Evenhand.Kernel;
using Evenhand.Routing.Floor;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Floor;

/// <summary>
/// Whole days through the floor of the real program, its store included; what is claimed of them is found in the store alone. No shift is asked for more than it can do: where somebody waits for
/// everyone who becomes free, no rule has a choice.
/// </summary>
public sealed class FloorDayTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_hours_of_forty_people_lose_nobody_break_no_order_and_are_shared_out_evenly()
    {
        await using var day = await FloorDay.Play(new DayPlan([(0, 40)], 2, 700, Seed: 1));
        (await Whole(day)).Centre.Effort.Cv!.Value.ShouldBeLessThan(.12);
    }

    [Fact, Trait("Category", "Nightly")]
    public async Task A_day_of_400_people_in_three_shifts_is_shared_out_evenly()
    {
        await using var day = await FloorDay.Play(new DayPlan([(0, 60), (8, 192), (16, 148)], 8, 17_000, Seed: 2));
        var report = await Whole(day);
        report.Agents.Count.ShouldBe(400);
        report.Teams.Values.ShouldAllBe(t => t.Effort.Cv < .05);
    }

    [Fact, Trait("Category", "Nightly")]
    public async Task When_a_third_leave_early_those_who_stay_share_what_is_left_evenly()
    {
        await using var day = await FloorDay.Play(new DayPlan([(0, 66), (8, 188), (16, 146)], 8, 15_000, Seed: 3, LeaveEarly: .3));
        var stayed = await Whole(day, a => !day.Early.Contains(a));
        day.Early.Count.ShouldBeInRange(90, 150);
        stayed.Teams.Values.ShouldAllBe(t => t.Effort.Cv < .05);
        stayed.Teams.Values.ShouldAllBe(t => t.Effort.Most < t.Effort.Mean * 1.2);
    }

    private async Task<FairnessReport> Whole(FloorDay day, Func<Guid, bool>? only = null)
    {
        var story = await day.Centre.Do(s => FloorStory.Read(s.GetRequiredService<EvenhandDb>()));
        story.Faults.ShouldBeEmpty();
        story.Contacts.Count.ShouldBe(day.Arrived);
        story.Contacts.Where(c => c.Outcome is not ("completed" or "abandoned")).ShouldBeEmpty();
        story.Steps.Count(s => s.Kind is Evenhand.Dispatch.OutputKind.Completed or Evenhand.Dispatch.OutputKind.Abandoned).ShouldBe(day.Arrived);
        (await day.Centre.Do(s => s.GetRequiredService<EvenhandDb>().BreakQueues.AsNoTracking().CountAsync())).ShouldBeGreaterThan(0);
        var report = day.Report(story, await day.Centre.Do(s => story.Violations(s)), only);
        report.Violations.ShouldBeEmpty();
        output.WriteLine($"{day.Arrived} calls, {story.Contacts.Count(c => c.Outcome == "abandoned")} abandoned, {story.Steps.Count} steps, {story.Presence.Count} changes of presence; "
            + $"CV within shifts {string.Join(' ', report.Teams.Values.Select(t => $"{t.Effort.Cv:F4} (mean {t.Effort.Mean:F2})"))}");
        return report;
    }
}
