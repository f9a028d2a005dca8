using Evenhand.App;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.EntityFrameworkCore.Sqlite.Design.Internal;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal;

#pragma warning disable EF1001 // the providers' design-time services are internal, and this is design time

if (args is not [var name, ..] || !name.All(char.IsAsciiLetterOrDigit))
{
    Console.Error.WriteLine("usage: dotnet run --project tools/Evenhand.Migrate NameOfTheChange   (scaffolds it for SQLite and PostgreSQL)");
    return 2;
}
var root = Root(AppContext.BaseDirectory);
Scaffold("Sqlite", new StoreSettings(Path.GetTempPath()), new SqliteDesignTimeServices());
Scaffold("Postgres", new StoreSettings(Path.GetTempPath(), "Host=localhost"), new NpgsqlDesignTimeServices());
return 0;

void Scaffold(string provider, StoreSettings store, IDesignTimeServices providerServices)
{
    var services = new ServiceCollection();
    services.AddKernel(Modules.All, store);
    using var scope = services.BuildServiceProvider().CreateScope();
    var db = scope.ServiceProvider.GetRequiredService<EvenhandDb>();
    var design = new ServiceCollection();
    design.AddEntityFrameworkDesignTimeServices();
    design.AddDbContextDesignTimeServices(db);
    providerServices.ConfigureDesignTimeServices(design);
    using var provided = design.BuildServiceProvider();
    var scaffolder = provided.GetRequiredService<IMigrationsScaffolder>();
    var project = Path.Combine(root, "src", $"Evenhand.Migrations.{provider}");
    var migration = scaffolder.ScaffoldMigration(name, $"Evenhand.Migrations.{provider}", subNamespace: "Migrations", language: "C#");
    var files = scaffolder.Save(project, migration, Path.Combine(project, "Migrations"), dryRun: false);
    Console.WriteLine($"{provider}: {Path.GetRelativePath(root, files.MigrationFile!)}");
}

static string Root(string from) => File.Exists(Path.Combine(from, "Evenhand.slnx")) ? from : Root(Path.GetDirectoryName(from)!);
