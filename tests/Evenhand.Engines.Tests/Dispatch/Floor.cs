using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Engines.Tests.Dispatch;

/// <summary>A dispatcher with short words for tests: things are numbered, time is in seconds after nine o'clock, everything said is kept.</summary>
internal sealed class Floor
{
    public static readonly DateTimeOffset Nine = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly Cause Self = new(Causer.Person);

    public Floor(params QueueRules[] queues) : this(null, queues)
    {
    }

    public Floor(DispatchSettings? settings, params QueueRules[] queues)
    {
        Router = new Dispatcher(settings);
        Router.SetQueues(queues, Nine).ShouldBeNull();
    }

    public Dispatcher Router { get; set; }

    public List<Output> Log { get; } = [];

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static Guid QueueId(int number) => Id(1000 + number);

    public static QueueRules Queue(int number, Channel channel = Channel.Call) => new() { Id = QueueId(number), Channel = channel, RetrySameAgentAfter = TimeSpan.FromSeconds(30) };

    public static AgentPresence Presence(int agent, WantedState wanted, DeviceState device = DeviceState.Idle, bool silent = false) =>
        new(Id(agent), wanted, wanted == WantedState.Break ? "water" : null, device, Nine, silent, Nine);

    public Floor Agent(int number, int at = 0, AgentProfile? profile = null)
    {
        Router.SetAgent((profile ?? new AgentProfile { Id = Id(number) }) with { Id = Id(number) }, Time(at)).ShouldBeNull();
        return Is(number, WantedState.Ready, at);
    }

    public Floor Is(int agent, WantedState wanted, int at, DeviceState device = DeviceState.Idle, bool silent = false) =>
        Do(r => r.SetPresence(Presence(agent, wanted, device, silent), Time(at)));

    public Floor Arrive(int contact, int queue, int at, Func<Arrival, Arrival>? with = null) =>
        Do(r => r.Arrive((with ?? (a => a))(new Arrival(Id(contact), QueueId(queue), Time(at))), Time(at)));

    public Floor Accept(int contact, int agent, int at) => Do(r => r.Accept(Id(contact), Id(agent), Time(at)));

    public Floor Complete(int contact, int at) => Do(r => r.Complete(Id(contact), Time(at)));

    public Floor Tick(int at) => Do(r =>
    {
        r.Tick(Time(at));
        return null;
    });

    public Floor Do(Func<Dispatcher, Denial?> command)
    {
        command(Router).ShouldBeNull();
        Collect();
        return this;
    }

    public Denial? Try(Func<Dispatcher, Denial?> command)
    {
        var denial = command(Router);
        Collect();
        return denial;
    }

    /// <summary>The agent whom a contact was offered or given to last; 0 for nobody.</summary>
    public int Holder(int contact) => Router.FindContact(Id(contact)) is { State: not ContactState.Reserved, Agent: { } agent } ? Number(agent) : 0;

    public Output Last(OutputKind kind) => Log.Last(o => o.Kind == kind);

    public static int Number(Guid id) => BitConverter.ToInt32(id.ToByteArray(), 0);

    public static DateTimeOffset Time(double seconds) => Nine.AddSeconds(seconds);

    private void Collect()
    {
        Log.AddRange(Router.Outputs);
        Router.ClearOutputs();
    }
}
