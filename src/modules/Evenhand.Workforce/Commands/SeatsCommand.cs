using System.CommandLine;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Text;
using Evenhand.Workforce.Seats;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Workforce.Commands;

/// <summary>`evenhand seats room | assign`.</summary>
internal static class SeatsCommand
{
    public static Command Make(CommandRunner run) => new("seats", "The seats of the floor / 座席图") { MakeRoom(run), MakeAssign(run) };

    private static Command MakeRoom(CommandRunner run)
    {
        var room = new Argument<string>("room") { Description = "Name of the room / 厅名" };
        var rows = new Option<int>("--rows") { Description = "Rows of seats; 0 takes the room away / 排数", Required = true };
        var columns = new Option<int>("--columns") { Description = "Seats in a row / 每排座席数", DefaultValueFactory = _ => 20 };
        var command = new Command("room", "Lays a room out as rows of seats / 按排列设置一个厅") { room, rows, columns };
        command.SetAction(run.Over(async (services, parsed, cancel) =>
        {
            var (r, c) = (Math.Clamp(parsed.GetValue(rows), 0, 60), Math.Clamp(parsed.GetValue(columns), 1, 60));
            if ((await services.GetRequiredService<DefineRoom>().Run(new(parsed.GetValue(room)!, r, c), cancel)).Refused(out var refusal, out var done)) return CommandRunner.Print(services, refusal);
            Console.WriteLine(services.GetRequiredService<Texts>()["workforce.room-defined", done.Room, done.Seats]);
            return 0;
        }));
        return command;
    }

    private static Command MakeAssign(CommandRunner run)
    {
        var from = new Option<DateTimeOffset?>("--from") { Description = "Start; default now / 起" };
        var to = new Option<DateTimeOffset?>("--to") { Description = "End; default a day later / 止" };
        var command = new Command("assign", "Gives a seat to every duty that has none / 自动排座") { from, to };
        command.SetAction(run.Over(async (services, parsed, cancel) =>
        {
            if ((await services.GetRequiredService<AssignSeats>().Run(new(parsed.GetValue(from), parsed.GetValue(to)), cancel)).Refused(out var refusal, out var done)) return CommandRunner.Print(services, refusal);
            Console.WriteLine(services.GetRequiredService<Texts>()["workforce.assigned-some", done.Seated, done.Left]);
            return 0;
        }));
        return command;
    }
}
