using System.Threading.Channels;
using Evenhand.Telephony.Live;

namespace Evenhand.Routing.Telephony;

/// <summary>Tells the floor what one telephone system told, in order and beside the line, which does not wait for it.</summary>
/// <param name="pbx">The system's name.</param>
/// <param name="translate">Says what facts are for the floor.</param>
/// <param name="tell">Takes what the floor is told.</param>
/// <param name="clock">The time at which something is told again.</param>
internal sealed class PbxNews(string pbx, PbxToFloor translate, Func<string, IReadOnlyList<FloorCall>, CancellationToken, Task> tell, TimeProvider clock)
{
    private readonly Channel<IReadOnlyList<PbxFact>> coming = Channel.CreateUnbounded<IReadOnlyList<PbxFact>>();

    public void Add(IReadOnlyList<PbxFact> facts) => coming.Writer.TryWrite(facts);

    /// <summary>It is known anew whose phone is whose.</summary>
    public void Reconsider() => coming.Writer.TryWrite([]);

    /// <summary>Tells until it is told to end.</summary>
    public async Task Run(CancellationToken cancel)
    {
        try
        {
            await foreach (var facts in coming.Reader.ReadAllAsync(cancel)) await Hear(facts, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task Hear(IReadOnlyList<PbxFact> facts, CancellationToken cancel)
    {
        if ((facts.Count == 0 ? translate.Retell(clock.GetUtcNow()) : translate.Translate(facts)) is { Count: > 0 } calls) await tell(pbx, calls, cancel);
    }
}
