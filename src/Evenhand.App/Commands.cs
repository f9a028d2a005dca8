using System.CommandLine;
using Evenhand.Kernel.Commands;

namespace Evenhand.App;

/// <summary>The command line of the program: serve, demo, and what the modules bring.</summary>
public static class Commands
{
    public static RootCommand Root()
    {
        var root = new RootCommand("Evenhand 端平: runs a customer-service centre / 客户服务中心运营系统");
        root.Options.Add(CommandRunner.Data);
        root.Options.Add(CommandRunner.Postgres);
        root.Options.Add(CommandRunner.Language);
        root.Subcommands.Add(ServeCommand.Make());
        var run = new CommandRunner(CommandServices.Open);
        foreach (var module in Modules.All.All)
            foreach (var command in module.Commands(run))
                root.Subcommands.Add(command);
        root.Subcommands.Add(DemoCommand.Make(root, run));
        return root;
    }
}
