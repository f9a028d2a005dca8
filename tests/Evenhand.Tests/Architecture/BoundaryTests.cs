using System.Text.RegularExpressions;
using System.Xml.Linq;
using Evenhand.App;
using Microsoft.AspNetCore.Components;

namespace Evenhand.Tests.Architecture;

public sealed class BoundaryTests
{
    [Fact]
    public void Every_module_on_disk_is_in_the_program_and_the_other_way_round()
    {
        var onDisk = House.ModuleFolders.Select(f => Path.GetFileName(f)!);
        var inProgram = Modules.All.All.Select(m => m.GetType().Assembly.GetName().Name!).Where(n => n != "Evenhand.Platform");
        inProgram.Order().ShouldBe(onDisk.Order());
    }

    [Fact]
    public void Every_project_on_disk_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(House.Root, "Evenhand.slnx"));
        House.Files("*.csproj").Select(House.Short).Where(p => !solution.Contains($"\"{p}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void A_module_references_only_modules_above_it_in_the_flow()
    {
        var order = Modules.All.All.Select(m => m.GetType().Assembly.GetName().Name!).ToList();
        foreach (var folder in House.ModuleFolders)
        {
            var name = Path.GetFileName(folder);
            foreach (var reference in References(Path.Combine(folder, $"{name}.csproj")).Where(order.Contains))
                order.IndexOf(reference).ShouldBeLessThan(order.IndexOf(name), $"{name} → {reference}");
        }
    }

    [Fact]
    public void Engines_know_nothing_of_the_web_the_store_or_the_clock()
    {
        foreach (var project in House.Files("*.csproj", "src/engines"))
        {
            var text = File.ReadAllText(project);
            text.ShouldNotContain("FrameworkReference");
            text.ShouldNotContain("EntityFrameworkCore");
            text.ShouldNotContain("Evenhand.Kernel");
        }
        foreach (var file in House.Files("*.cs", "src/engines"))
            Regex.IsMatch(File.ReadAllText(file), @"\b(TimeProvider|File\.(Open|Read|Write)|HttpClient|Stopwatch)\b").ShouldBeFalse(House.Short(file));
    }

    [Fact]
    public void What_a_module_shows_others_is_its_contracts()
    {
        var shown = House.ModuleAssemblies.SelectMany(a => a.GetExportedTypes())
            .Where(t => !t.IsNested && !t.FullName!.Contains(".Contracts.", StringComparison.Ordinal) && !typeof(IComponent).IsAssignableFrom(t)
                && !typeof(Evenhand.Kernel.IModule).IsAssignableFrom(t) && t.Namespace is not null && !t.Name.StartsWith('_'));
        shown.Select(t => t.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void A_component_takes_no_internal_type_as_a_parameter()
    {
        var wrong = House.ModuleAssemblies.SelectMany(a => a.GetExportedTypes()).Where(t => typeof(IComponent).IsAssignableFrom(t))
            .SelectMany(t => t.GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute), true) && !p.PropertyType.IsVisible).Select(p => $"{t.Name}.{p.Name}"));
        wrong.ShouldBeEmpty();
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
}
