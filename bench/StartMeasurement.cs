using System.Diagnostics;
using System.Globalization;
using MarketBot.Playground;

namespace MarketBot.Bench;

/// <summary>Measures a published <c>marketbot</c>: process start to first <c>getUpdates</c> on an existing database, and idle resident memory.</summary>
internal static class StartMeasurement
{
    private const int Runs = 7;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    /// <summary>Runs it and prints a line a run, then the median.</summary>
    /// <param name="executable">The published <c>marketbot.dll</c>.</param>
    public static async Task Run(string executable)
    {
        var folder = Directory.CreateTempSubdirectory("marketbot-bench-").FullName;
        var starts = new List<double>();
        var memory = new List<double>();
        for (var run = 0; run <= Runs; run++)
        {
            await using var telegram = await PlaygroundServer.Start(new PlaygroundOptions());
            telegram.World.Deliver([]);
            var start = new ProcessStartInfo("dotnet", [executable]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["Telegram__Token"] = telegram.Token;
            start.Environment["Telegram__ApiBaseUrl"] = telegram.Url.ToString();
            var clock = Stopwatch.StartNew();
            using var bot = Process.Start(start)!;
            _ = bot.StandardOutput.ReadToEndAsync();
            _ = bot.StandardError.ReadToEndAsync();
            await telegram.World.Until(() => telegram.World.Calls.Any(c => c.Method == "getUpdates"), TimeSpan.FromSeconds(30), CancellationToken.None);
            var took = clock.Elapsed.TotalMilliseconds;
            await Task.Delay(Idle);
            bot.Refresh();
            var resident = bot.WorkingSet64 / 1048576.0;
            bot.Kill();
            await bot.WaitForExitAsync();
            if (run == 0)
                continue;

            starts.Add(took);
            memory.Add(resident);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {run}: first getUpdates after {took:F0} ms, idle {resident:F0} MiB"));
        }

        starts.Sort();
        memory.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"median: first getUpdates after {starts[Runs / 2]:F0} ms (worst {starts[^1]:F0}), idle {memory[Runs / 2]:F0} MiB (worst {memory[^1]:F0})"));
        Directory.Delete(folder, recursive: true);
    }
}
