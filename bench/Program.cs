using System.Globalization;
using BenchmarkDotNet.Running;
using MarketBot.Bench;

const string Heading = "| load | | updates/s | p50 ms | p95 ms | p99 ms | CPU µs/update | peak MiB |\n|---|---|---|---|---|---|---|---|";

switch (args)
{
    case ["pieces"]:
        BenchmarkRunner.Run<HotPieces>();
        return 0;
    case ["database", var executable]:
        await DatabasePieces.Run(executable);
        return 0;
    case ["start", var executable]:
        await StartMeasurement.Run(executable);
        return 0;
    case ["floor-bot", var server, var token]:
        await FloorBot.Run(server, token);
        return 0;
    case ["load", "--seconds", var seconds, var executable, .. var names]:
        await Compare(executable, names, int.Parse(seconds, CultureInfo.InvariantCulture));
        return 0;
    case ["load", var executable, .. var names]:
        await Compare(executable, names, seconds: 8);
        return 0;
    default:
        Console.Error.WriteLine("Usage: bench pieces | bench database PATH/marketbot.dll | bench start PATH/marketbot.dll | bench load [--seconds N] PATH/marketbot.dll [LOAD ...]");
        return 2;
}

static async Task Compare(string executable, string[] names, int seconds)
{
    Load[] loads =
    [
        new("1-user", 1), new("8-users", 8), new("64-users", 64), new("512-users", 512),
        new("64-users-switching", 64, Switches: true),
        new("64-users-50ms", 64, LatencyMs: 50), new("512-users-50ms", 512, LatencyMs: 50),
        new("admin-20-shops", 8, Admins: true), new("admin-100000-shops", 8, 100_000, Admins: true), new("admin-1000000-shops", 8, 1_000_000, Admins: true),
        new("admin-20-shops-arrows", 8, Admins: true, Walk: Walk.Arrows), new("admin-100000-shops-arrows", 8, 100_000, Admins: true, Walk: Walk.Arrows),
        new("admin-1000000-shops-arrows", 8, 1_000_000, Admins: true, Walk: Walk.Arrows),
        new("admin-1000000-shops-jumps", 1, 1_000_000, Admins: true, Walk: Walk.Jumps),
        new("seller-20-shops", 4), new("seller-100000-shops", 4, 100_000), new("seller-1000000-shops", 1, 1_000_000),
        new("seller-100000-shops-arrows", 4, 100_000, Walk: Walk.Arrows), new("seller-1000000-shops-arrows", 1, 1_000_000, Walk: Walk.Arrows),
        new("64-users-one-throttled", 64, ThrottlesOne: true),
    ];
    Console.WriteLine(Heading);
    foreach (var load in loads.Where(l => names.Length == 0 || names.Contains(l.Name)))
    {
        var (floor, bot) = await LoadMeasurement.Compare(executable, load with { Seconds = seconds });
        Console.WriteLine($"| {load.Name} | floor | {floor} |");
        Console.WriteLine($"| | marketbot | {bot} |");
    }
}
