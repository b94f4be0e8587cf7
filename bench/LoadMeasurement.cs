using System.Diagnostics;
using System.Globalization;
using MarketBot.Playground;

namespace MarketBot.Bench;

/// <summary>
/// The end-to-end benchmark: closed-loop users in the Playground of this process press buttons of a bot in a process of its own.
/// </summary>
/// <param name="executable">The published <c>marketbot.dll</c>, which makes the tables of every bot.</param>
internal sealed class LoadMeasurement(string executable)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    /// <summary>Measures the floor and MarketBot under each of the loads, one after the other, and prints a table.</summary>
    public async Task Compare(IEnumerable<Load> loads)
    {
        Console.WriteLine(Figures.Heading);
        foreach (var load in loads)
        {
            Console.WriteLine($"| {load.Name} | floor | {await Measure(Contestant.Floor, load)} |");
            var bot = await Measure(Contestant.MarketBot(executable), load);
            Console.WriteLine($"| | marketbot | {bot} |");
            if (!load.TellsSteps)
                continue;

            foreach (var (step, latencies) in bot.Steps.OrderBy(s => s.Key))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| | of these, {step} | {latencies} | | | |"));
        }
    }

    /// <summary>Measures a bot under a load.</summary>
    public async Task<Figures> Measure(Contestant contestant, Load load)
    {
        // The floor answers any press with a menu or a list, so that is what its users ask for.
        if (!contestant.HasScreens)
            load = load with { Shops = 20, Admins = false, Switches = 0, Journey = Journey.Lists };

        await using var bot = await RunningBot.Start(executable, contestant, load);
        var world = bot.Telegram.World;
        if (load.LatencyMs > 0)
            world.Faults.Next(Fault.Delay(TimeSpan.FromMilliseconds(load.LatencyMs)), times: int.MaxValue);
        if (load.ThrottlesOne)
            world.Faults.Next(Fault.Status(429, retryAfter: 2), "editMessageText", times: int.MaxValue, chatId: load.Users);
        return await Measure(bot.Process, world, load);
    }

    private static async Task<Figures> Measure(Process bot, TelegramWorld world, Load load)
    {
        var isMeasured = false;
        using var stop = new CancellationTokenSource();
        BenchUser[] users =
        [
            .. Enumerable.Range(1, load.Users).Select(i => new BenchUser(world, world.AddPerson(i, $"Person {i}"), load, () => Volatile.Read(ref isMeasured))),
        ];
        var all = Task.WhenAll(users.Select(u => u.Run(stop.Token)));
        await Task.Delay(WarmUp);
        using var allocations = AllocationCounter.Of(bot.Id);
        bot.Refresh();
        var (cpu, clock) = (bot.TotalProcessorTime, Stopwatch.StartNew());
        Volatile.Write(ref isMeasured, true);
        await Task.Delay(TimeSpan.FromSeconds(load.Seconds));
        Volatile.Write(ref isMeasured, false);
        var elapsed = clock.Elapsed;
        bot.Refresh();
        cpu = bot.TotalProcessorTime - cpu;
        var allocated = (allocations?.BytesPerSecond ?? double.NaN) * elapsed.TotalSeconds;
        if (bot.HasExited)
            throw new InvalidOperationException("The bot ended while it was measured.");

        var peak = bot.PeakWorkingSet64 / 1048576.0;
        await stop.CancelAsync();
        try
        {
            await all;
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }

        // The one whose chat is throttled is not what is measured.
        Timing[] timings = [.. (load.ThrottlesOne ? users[..^1] : users).SelectMany(u => u.Timings)];
        return new Figures(
            Latencies.Of(timings.Select(t => t.Milliseconds), elapsed),
            timings.GroupBy(t => t.Step).ToDictionary(g => g.Key, g => Latencies.Of(g.Select(t => t.Milliseconds), elapsed)),
            cpu.TotalMicroseconds / Math.Max(1, timings.Length),
            peak,
            allocated / 1024 / Math.Max(1, timings.Length));
    }
}
