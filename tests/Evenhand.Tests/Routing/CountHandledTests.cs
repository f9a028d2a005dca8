using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
using FloorContact = Evenhand.Routing.Floor.FloorContact;

namespace Evenhand.Tests.Routing;

public sealed class CountHandledTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Contacts_count_by_answer_and_end_orders_by_who_did_them(Store store)
    {
        await using var centre = await WorkCentre.Start(store);
        var organisation = await centre.Organisation();
        var (a1, a2, hour) = (organisation.AgentOf("a1"), organisation.AgentOf("a2"), new DateTimeOffset(2026, 11, 26, 6, 0, 0, TimeSpan.Zero));
        await centre.Do(async s =>
        {
            var db = s.GetRequiredService<EvenhandDb>();
            db.AddRange(Contact(a1, 5, 12), Contact(a1, -5, 3), Contact(a1, 58, 70), Contact(a2, 10, 20, Channel.Chat), Contact(a2, 10, 20, outcome: "withdrawn"), Contact(a2, 30, 40, Channel.WorkItem));
            await db.SaveChangesAsync();
        });
        (await Handled(centre, hour, hour.AddHours(1))).ShouldBe([(a1, Channel.Call, 2, 2), (a2, Channel.Call, 1, 0), (a2, Channel.Chat, 1, 1)], ignoreOrder: true);
        var leader = await centre.SignIn("team-leader", "T1");
        var (done, cancelled) = (await leader.Make(), await leader.Make());
        await leader.Move(done, 1, "assigned", "a1");
        await leader.Move(done, 2, "in-progress");
        await leader.Move(done, 3, "done");
        await leader.Move(cancelled, 1, "assigned", "a1");
        await leader.Move(cancelled, 2, "cancelled");
        var now = centre.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        (await Handled(centre, now.AddMinutes(-30), now.AddMinutes(1))).ShouldBe([(a1, Channel.WorkItem, 1, 1)]);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Handled(centre, now.AddDays(-40), now));

        FloorContact Contact(Guid agent, int answered, int ended, Channel channel = Channel.Call, string outcome = "completed") => new()
        {
            Id = Guid.CreateVersion7(), Channel = channel, QueueId = organisation.Queues.Values.First().Id, Source = "test", SourceKey = Guid.CreateVersion7().ToString(), ArrivedAt = hour.AddMinutes(answered - 1),
            AgentId = agent, AnsweredAt = hour.AddMinutes(answered), EndedAt = hour.AddMinutes(ended), Outcome = outcome,
        };
    }

    private static async Task<(Guid, Channel, int, int)[]> Handled(TestCentre centre, DateTimeOffset from, DateTimeOffset to) =>
        [.. (await centre.Do(s => s.GetRequiredService<IHandled>().Handled(from, to, default))).Select(h => (h.AgentId, h.Channel, h.Taken, h.Closed))];
}
