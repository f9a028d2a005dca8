using System.CommandLine;
using Evenhand.App;
using Evenhand.Kernel.Commands;

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
return await root.Parse(args).InvokeAsync();
