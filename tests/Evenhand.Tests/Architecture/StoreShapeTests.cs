using Evenhand.App;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Architecture;

public sealed class StoreShapeTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public void A_changed_model_has_its_migration(Store store)
    {
        using var services = Services(store);
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<EvenhandDb>().Database.HasPendingModelChanges()
            .ShouldBeFalse("run: dotnet run --project tools/Evenhand.Migrate -- NameOfTheChange");
    }

    [Fact]
    public void A_table_carries_its_modules_prefix()
    {
        foreach (var entity in Entities())
            entity.GetTableName()!.ShouldStartWith(Owner(entity) + "_");
    }

    [Fact]
    public void No_foreign_key_leaves_a_module()
    {
        var leaving = Entities().SelectMany(e => e.GetForeignKeys()).Where(k => Owner(k.DeclaringEntityType) != Owner(k.PrincipalEntityType));
        leaving.Select(k => $"{k.DeclaringEntityType.GetTableName()} → {k.PrincipalEntityType.GetTableName()}").ShouldBeEmpty();
    }

    [Fact]
    public void No_module_puts_a_set_on_the_context() =>
        typeof(EvenhandDb).GetProperties().Where(p => p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>)).ShouldBeEmpty();

    private static List<IEntityType> Entities()
    {
        using var services = Services(Store.Sqlite);
        using var scope = services.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<EvenhandDb>().Model.GetEntityTypes().Where(e => e.GetTableName() is not null)];
    }

    /// <summary>The module whose assembly declares the entity; entities of a library belong to the platform, which brings them.</summary>
    private static string Owner(IReadOnlyEntityType entity) =>
        Modules.All.All.FirstOrDefault(m => m.GetType().Assembly == entity.ClrType.Assembly)?.Name
        ?? (entity.ClrType.Assembly == typeof(EvenhandDb).Assembly ? "kernel" : "platform");

    private static ServiceProvider Services(Store store)
    {
        var services = new ServiceCollection();
        services.AddKernel(Modules.All, new StoreSettings(Path.GetTempPath(), store == Store.Postgres ? "Host=localhost" : null));
        return services.BuildServiceProvider();
    }
}
