using System.Text.Json;

namespace Evenhand.Kernel.Facts;

/// <summary>Hears facts of some types, each exactly once and in order, in one transaction with what it makes of them.</summary>
public abstract class FactReader
{
    private readonly Dictionary<string, Func<EvenhandDb, Fact, CancellationToken, Task>> heard = [];

    /// <summary>Durable name; never changes once it has read.</summary>
    public abstract string Name { get; }

    /// <summary>Facts handled in one transaction at most.</summary>
    public virtual int BatchSize => 50;

    public IReadOnlyCollection<string> Types => heard.Keys;

    /// <summary>Declares, in the constructor, what is done on a fact of this type.</summary>
    protected void On<T>(Func<EvenhandDb, T, Fact, CancellationToken, Task> handle) =>
        heard[typeof(T).Name] = (db, fact, cancel) => handle(db, JsonSerializer.Deserialize<T>(fact.Body, FactJson.Options)!, fact, cancel);

    /// <summary>Called once after a batch, in the same transaction: work gathered from several facts is done here.</summary>
    protected internal virtual Task Finish(EvenhandDb db, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Called before a batch, also after one that failed: what was gathered is dropped.</summary>
    protected internal virtual void Begin()
    {
    }

    internal Task Handle(EvenhandDb db, Fact fact, CancellationToken cancel) => heard[fact.Type](db, fact, cancel);
}

public static class FactJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);
}
