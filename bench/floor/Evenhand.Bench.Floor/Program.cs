using System.Globalization;
using Evenhand.Bench.Floor;
using Evenhand.Kernel;

if (args is not [var program, var scratch, var seconds, var minutes])
{
    Console.Error.WriteLine("usage: Evenhand.Bench.Floor PROGRAM SCRATCH SECONDS MINUTES");
    return 2;
}
const int AtWork = 500, Changing = 400;
const double ASecond = 10;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var (data, address, ledger) = (Path.Combine(scratch, "data"), new Uri("http://127.0.0.1:15080"), new Ledger());
var centre = await BenchCentre.Make(new StoreSettings(data), AtWork + Changing);
using var server = new Server(program, ["serve", "--data", data, "--urls", address.ToString()]);
await Server.Answers(address);
await Task.Delay(TimeSpan.FromSeconds(3));
var desks = centre.People.Select((p, i) => new Desk(address, p, ledger, i)).ToList();
using var pbx = new Pbx(address, centre.Key, ledger);
var use = new List<(string Phase, double Seconds, double Processor, double Megabytes)>();

await In("sign-in of 500", () => Parallel.ForEachAsync(desks.Take(AtWork), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (desk, _) => await desk.Open()));
await In("warm-up", () => pbx.Tell(ASecond, TimeSpan.FromSeconds(20)));
await In("peak", () => pbx.Tell(ASecond, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))));
await In("shift change", () => Change(TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture))));
await In("end", () => Task.Delay(TimeSpan.FromSeconds(60)));
Tell();
foreach (var desk in desks) await desk.DisposeAsync();
return ledger.Errors.IsEmpty ? 0 : 1;

async Task In(string phase, Func<Task> run)
{
    ledger.Phase = phase;
    var (started, processor) = (System.Diagnostics.Stopwatch.GetTimestamp(), server.ProcessorSeconds);
    await run();
    use.Add((phase, System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds, server.ProcessorSeconds - processor, server.Megabytes));
}

async Task Change(TimeSpan length)
{
    var random = new Random(11);
    var moves = Enumerable.Range(0, Changing).SelectMany(i => new (double At, Func<Task> Do)[]
    {
        (random.NextDouble(), () => desks[i].Leave()), (random.NextDouble(), () => desks[AtWork + i].Open()),
    }).Concat(Enumerable.Range(Changing, AtWork - Changing).Select(i => (At: random.NextDouble() * .8, Do: (Func<Task>)(() => desks[i].Rest(length * .1)))));
    await Task.WhenAll([pbx.Tell(ASecond, length), .. moves.Select(async move =>
    {
        await Task.Delay(length * move.At);
        await move.Do();
    })]);
}

void Tell()
{
    Console.WriteLine($"| {"",-52} | {"count",7} | {"p50 ms",9} | {"p99 ms",9} | {"worst ms",9} |");
    Console.WriteLine("|---|---:|---:|---:|---:|");
    foreach (var (what, values) in ledger.Lengths().Where(l => !l.What.StartsWith("warm-up", StringComparison.Ordinal) && !l.What.StartsWith("end", StringComparison.Ordinal)))
        Console.WriteLine($"| {what,-52} | {values.Length,7} | {Ledger.At(values, .5),9:F1} | {Ledger.At(values, .99),9:F1} | {values[^1],9:F1} |");
    var file = new StoreSettings(data).SqliteFile;
    var rows = Disk.Count(file, "SELECT (SELECT count(*) FROM routing_contact) + (SELECT count(*) FROM routing_contact_step) + (SELECT count(*) FROM routing_presence_step)");
    var bare = Disk.Write(scratch, (int)rows);
    Console.WriteLine($"| {"a bare loop: one row in a transaction",-52} | {rows,7} | {Ledger.At(bare, .5),9:F3} | {Ledger.At(bare, .99),9:F3} | {bare[^1],9:F1} |");
    Console.WriteLine();
    Console.WriteLine($"| {"",-20} | {"s",7} | {"CPU s of the program",20} | {"cores",6} | {"MB at its end",13} |");
    Console.WriteLine("|---|---:|---:|---:|---:|");
    foreach (var (phase, length, processor, megabytes) in use) Console.WriteLine($"| {phase,-20} | {length,7:F1} | {processor,20:F1} | {processor / length,6:F2} | {megabytes,13:F0} |");
    Console.WriteLine();
    Console.WriteLine($"Most memory: {server.MostMegabytes:F0} MB. Contacts told {ledger.Told}, in the store {Disk.Count(file, "SELECT count(*) FROM routing_contact")}, completions acknowledged {ledger.Completed.Count}, "
        + $"completed in the store {Disk.Count(file, "SELECT count(*) FROM routing_contact WHERE \"Outcome\" = 'completed'")}, still there {Disk.Count(file, "SELECT count(*) FROM routing_contact WHERE \"EndedAt\" IS NULL")}, "
        + $"never offered {ledger.NeverOffered}. Errors: {ledger.Errors.Count}.");
    foreach (var error in ledger.Errors.GroupBy(e => e.Length > 160 ? e[..160] : e).OrderByDescending(e => e.Count()).Take(10)) Console.WriteLine($"  {error.Count()} × {error.Key}");
}
