using System.Globalization;
using BenchmarkDotNet.Running;
using MarketBot.Bench;

var (seconds, rounds, command) = ReadOptions(args);
switch (command)
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
    case ["load", var executable, .. var names]:
        var loads = Load.All.Where(l => names.Length == 0 || names.Contains(l.Name));
        await new LoadMeasurement(executable).Compare(loads.Select(l => l with { Seconds = seconds ?? l.Seconds }));
        return 0;
    case ["peers", var executable]:
        await PeerComparison.Run(executable, seconds ?? 5, rounds ?? 3);
        return 0;
    case ["plot", var executable, var folder]:
        await Plots.Draw(executable, folder, seconds ?? 5, rounds ?? 1);
        return 0;
    default:
        Console.Error.WriteLine(
            """
            Usage: bench pieces
                   bench database PATH/marketbot.dll
                   bench start PATH/marketbot.dll
                   bench load [--seconds N] PATH/marketbot.dll [LOAD ...]
                   bench peers [--seconds N] [--rounds N] PATH/marketbot.dll
                   bench plot [--seconds N] [--rounds N] PATH/marketbot.dll docs/images
            """);
        return 2;
}

static (int? Seconds, int? Rounds, string[] Command) ReadOptions(string[] args)
{
    return (Option("--seconds"), Option("--rounds"), [.. args.Where((a, i) => !IsOption(a) && (i == 0 || !IsOption(args[i - 1])))]);

    int? Option(string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && int.TryParse(args.ElementAtOrDefault(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    static bool IsOption(string argument) => argument is "--seconds" or "--rounds";
}
