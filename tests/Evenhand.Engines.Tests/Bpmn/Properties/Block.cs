using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Bpmn.Properties;

/// <summary>A well-formed piece of a process: one way in, one way out.</summary>
internal abstract record Block
{
    public virtual IReadOnlyList<Block> Parts => [];

    public sealed override string ToString() => $"{GetType().Name}{Says}{(Parts.Count == 0 ? "" : $"({string.Join(", ", Parts)})")}";

    /// <summary>What else is to be told of it.</summary>
    protected virtual string Says => "";

    /// <summary>Smaller blocks that may still show what went wrong: a part in its place, or one part made smaller.</summary>
    public IEnumerable<Block> Smaller()
    {
        foreach (var part in Parts) yield return part;
        for (var i = 0; i < Parts.Count; i++)
        {
            if (With(i, null) is { } without) yield return without;
            foreach (var less in Parts[i].Smaller())
                if (With(i, less) is { } changed) yield return changed;
        }
    }

    /// <summary>The block with one part changed, or left out; null when it cannot be.</summary>
    protected virtual Block? With(int part, Block? changed) => null;

    protected static IReadOnlyList<Block>? Changed(IReadOnlyList<Block> parts, int at, Block? part, int least) =>
        part is not null ? [.. parts.Take(at), part, .. parts.Skip(at + 1)] : parts.Count > least ? [.. parts.Where((_, i) => i != at)] : null;
}

/// <summary>Holds while a variable is below a number.</summary>
internal sealed record Below(int Variable, int Limit);

/// <summary>A user task; with `Times`, several signers.</summary>
internal sealed record User(int? Times = null, bool Sequential = false) : Block
{
    protected override string Says => Times is null ? "" : $"×{Times}{(Sequential ? " in turn" : "")}";
}

/// <summary>What passes at once.</summary>
internal sealed record Pass : Block;

/// <summary>A service task.</summary>
internal sealed record Ask : Block;

/// <summary>A timer or a message, whichever comes first.</summary>
internal sealed record Race : Block;

internal sealed record Sequence(IReadOnlyList<Block> Blocks) : Block
{
    public override IReadOnlyList<Block> Parts => Blocks;

    protected override Block? With(int part, Block? changed) => Changed(Blocks, part, changed, 1) is { } blocks ? new Sequence(blocks) : null;
}

/// <summary>An exclusive block: the first branch whose condition holds, else the last.</summary>
internal sealed record Choice(IReadOnlyList<Below> Conditions, IReadOnlyList<Block> Branches) : Block
{
    protected override string Says => $"[{string.Join(" ", Conditions.Select(c => $"v{c.Variable}<{c.Limit}"))}]";

    public override IReadOnlyList<Block> Parts => Branches;

    protected override Block? With(int part, Block? changed) => changed is null ? null : new Choice(Conditions, Changed(Branches, part, changed, 2)!);
}

/// <summary>An inclusive block: each branch whose condition holds, or the last when none does.</summary>
internal sealed record Some(IReadOnlyList<Below> Conditions, IReadOnlyList<Block> Branches) : Block
{
    protected override string Says => $"[{string.Join(" ", Conditions.Select(c => $"v{c.Variable}<{c.Limit}"))}]";

    public override IReadOnlyList<Block> Parts => Branches;

    protected override Block? With(int part, Block? changed) => changed is null ? null : new Some(Conditions, Changed(Branches, part, changed, 2)!);
}

/// <summary>A parallel block.</summary>
internal sealed record All(IReadOnlyList<Block> Branches) : Block
{
    public override IReadOnlyList<Block> Parts => Branches;

    protected override Block? With(int part, Block? changed) => Changed(Branches, part, changed, 2) is { } branches ? new All(branches) : null;
}

/// <summary>A block done so many times, by a flow back.</summary>
internal sealed record Loop(Block Body, int Times) : Block
{
    protected override string Says => $"×{Times}";

    public override IReadOnlyList<Block> Parts => [Body];

    protected override Block? With(int part, Block? changed) => changed is null ? null : this with { Body = changed };
}

/// <summary>A sub-process, perhaps with an event sub-process of one user task.</summary>
internal sealed record Sub(Block Body, Listener? Listener) : Block
{
    protected override string Says => Listener is null ? "" : $"[{(Listener.Interrupts ? "!" : "")}{(Listener.ByMessage ? "message" : $"timer×{Listener.Times}")}]";

    public override IReadOnlyList<Block> Parts => [Body];

    protected override Block? With(int part, Block? changed) => changed is null ? null : this with { Body = changed };
}

/// <summary>What an event sub-process waits for: a message, or a timer that fires so many times.</summary>
internal sealed record Listener(bool Interrupts, bool ByMessage, int Times);

/// <summary>An activity with a timer on its border, which leads to a user task; interrupting, that goes on behind the activity.</summary>
internal sealed record Timed(Block Host, bool Interrupts, int Times) : Block
{
    protected override string Says => $"[{(Interrupts ? "!" : "")}×{Times}]";

    public override IReadOnlyList<Block> Parts => [Host];

    protected override Block? With(int part, Block? changed) => changed is User or Sub or Ask ? this with { Host = changed } : null;
}

/// <summary>Random processes.</summary>
internal static class Blocks
{
    public const int Variables = 3;

    private static Gen<bool> Coin { get; } = Gen.Elements(false, true);

    private static Gen<Below> Condition { get; } = from variable in Gen.Choose(0, Variables - 1) from limit in Gen.Choose(0, 4) select new Below(variable, limit);

    private static Gen<Block> Leaf { get; } = Gen.Frequency(
        (6, Gen.Constant<Block>(new User())),
        (2, Gen.Constant<Block>(new Pass())),
        (1, Gen.Constant<Block>(new Ask())),
        (1, Gen.Constant<Block>(new Race())),
        (2, from times in Gen.Choose(0, 3) from sequential in Coin select (Block)new User(times, sequential)));

    public static Gen<Sub> Process { get; } =
        from size in Gen.Choose(3, 26)
        from body in Of(size)
        from listener in Maybe(Listener)
        select new Sub(body, listener);

    public static Arbitrary<Sub> Arbitrary { get; } = Arb.From(Process, sub => sub.Body.Smaller().Select(less => sub with { Body = less }).Concat(sub.Listener is null ? [] : [sub with { Listener = null }]));

    /// <summary>Numbers from which a run makes its choices.</summary>
    public static Arbitrary<int> Seed { get; } = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    private static Gen<Listener> Listener =>
        from interrupts in Coin from message in Coin from times in Gen.Choose(1, 3) select new Listener(interrupts, message, times);

    private static Gen<Block> Of(int size) => size <= 1 ? Leaf : Gen.Frequency(
        (1, Leaf),
        (4, Split(size, 3, 1).Select(parts => (Block)new Sequence(parts))),
        (3, from parts in Split(size, 3, 2) from conditions in Condition.ArrayOf(parts.Count - 1) select (Block)new Choice(conditions, parts)),
        (3, Split(size, 3, 2).Select(parts => (Block)new All(parts))),
        (3, from parts in Split(size, 3, 2) from conditions in Condition.ArrayOf(parts.Count - 1) select (Block)new Some(conditions, parts)),
        (2, from body in Gen.Constant(size - 1).SelectMany(Of) from times in Gen.Choose(1, 3) select (Block)new Loop(body, times)),
        (2, from body in Gen.Constant(size - 1).SelectMany(Of) from listener in Maybe(Listener) select (Block)new Sub(body, listener)),
        (2, from host in Gen.OneOf(Gen.Constant<Block>(new User()), Gen.Constant<Block>(new User(2)), Gen.Constant<Block>(new Ask()), from body in Gen.Constant(size - 2).SelectMany(Of) select (Block)new Sub(body, null))
            from interrupts in Coin
            from times in Gen.Choose(1, 3)
            select (Block)new Timed(host, interrupts, times)));

    private static Gen<IReadOnlyList<Block>> Split(int size, int most, int least) =>
        from count in Gen.Choose(least, most)
        from parts in Of((size - 1) / count).ArrayOf(count)
        select (IReadOnlyList<Block>)parts;

    private static Gen<T?> Maybe<T>(Gen<T> gen) where T : class => Gen.Frequency((2, Gen.Constant<T?>(null)), (1, gen.Select(g => (T?)g)));
}
