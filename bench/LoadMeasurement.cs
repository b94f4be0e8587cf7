using System.Diagnostics;
using System.Globalization;
using MarketBot.Playground;

namespace MarketBot.Bench;

/// <summary>What a user does over and over.</summary>
internal enum Walk
{
    /// <summary>"My shops" and "back".</summary>
    MenuAndList,

    /// <summary>Forth and back by the arrows, from a page in the middle of the list.</summary>
    Arrows,

    /// <summary>To a random page by its number.</summary>
    Jumps,
}

/// <summary>One line of the end-to-end table.</summary>
internal sealed record Load(string Name, int Users, int Shops = 20, bool Admins = false, bool Switches = false, int LatencyMs = 0, int Seconds = 8, Walk Walk = Walk.MenuAndList, bool ThrottlesOne = false);

/// <summary>What was measured.</summary>
internal sealed record Figures(double UpdatesPerSecond, double P50, double P95, double P99, double CpuMicroseconds, double PeakMiB)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{UpdatesPerSecond,7:F0} | {P50,6:F1} | {P95,6:F1} | {P99,6:F1} | {CpuMicroseconds,6:F0} | {PeakMiB,5:F0}");
}

/// <summary>
/// The end-to-end benchmark: closed-loop users in the Playground of this process press "my shops" and "back" (or switch a
/// shop) against a bot in a process of its own: the floor, or a published <c>marketbot</c>.
/// </summary>
internal static class LoadMeasurement
{
    private const int MostOfLog = 4_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    /// <summary>Measures the floor and the bot under one load, one after the other.</summary>
    public static async Task<(Figures Floor, Figures Bot)> Compare(string executable, Load load)
    {
        var floor = await Measure(load with { Shops = 20, Admins = false, Switches = false, Walk = Walk.MenuAndList }, (url, token, _) => new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], "floor-bot", url, token]));
        var bot = await Measure(load, (url, token, folder) => Bot(executable, url, token, folder), executable);
        return (floor, bot);
    }

    private static ProcessStartInfo Bot(string executable, string url, string token, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [executable]) { WorkingDirectory = folder };
        start.Environment["Telegram__Token"] = token;
        start.Environment["Telegram__ApiBaseUrl"] = url;
        start.Environment["Bot__CustomizeOnStart"] = "false";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        return start;
    }

    private static async Task<Figures> Measure(Load load, Func<string, string, string, ProcessStartInfo> start, string? marketplace = null)
    {
        var folder = Directory.CreateTempSubdirectory("marketbot-bench-").FullName;
        if (marketplace is not null)
            await Marketplace.Make(marketplace, Path.Combine(folder, "marketbot.db"), load.Shops, load.Users, load.Admins);
        await using var telegram = await PlaygroundServer.Start(new PlaygroundOptions { MaxCalls = 100 });
        var info = start(telegram.Url.ToString(), telegram.Token, folder);
        info.RedirectStandardOutput = info.RedirectStandardError = true;
        using var bot = Process.Start(info)!;
        var warnings = bot.StandardOutput.ReadToEndAsync();
        var errors = bot.StandardError.ReadToEndAsync();
        if (load.LatencyMs > 0)
            telegram.World.Faults.Next(Fault.Delay(TimeSpan.FromMilliseconds(load.LatencyMs)), times: int.MaxValue);
        if (load.ThrottlesOne)
            telegram.World.Faults.Next(Fault.Status(429, retryAfter: 2), "editMessageText", times: int.MaxValue, chatId: load.Users);

        var latencies = new List<double>[load.Users];
        using var stop = new CancellationTokenSource();
        var measuring = false;
        var users = Enumerable.Range(0, load.Users).Select(i => Use(telegram.World.AddPerson(i + 1, $"Person {i + 1}"), latencies[i] = [], load, () => Volatile.Read(ref measuring), stop.Token)).ToArray();
        await Task.Delay(WarmUp);
        bot.Refresh();
        var (cpu, clock) = (bot.TotalProcessorTime, Stopwatch.StartNew());
        Volatile.Write(ref measuring, true);
        await Task.Delay(TimeSpan.FromSeconds(load.Seconds));
        Volatile.Write(ref measuring, false);
        var elapsed = clock.Elapsed;
        bot.Refresh();
        cpu = bot.TotalProcessorTime - cpu;
        var peak = bot.PeakWorkingSet64 / 1048576.0;
        await stop.CancelAsync();
        try
        {
            await Task.WhenAll(users);
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }

        bot.Kill();
        await bot.WaitForExitAsync();
        Console.Error.Write(await errors);
        if (await warnings is { Length: > 0 } said)
            Console.Error.WriteLine(said.Length > MostOfLog ? said[..MostOfLog] : said);
        Directory.Delete(folder, recursive: true);

        // The one whose chat is throttled is not what is measured.
        var all = (load.ThrottlesOne ? latencies[..^1] : latencies).SelectMany(l => l).Order().ToArray();
        double At(double share) => all.Length == 0 ? double.NaN : all[Math.Min(all.Length - 1, (int)(all.Length * share))];
        return new Figures(all.Length / elapsed.TotalSeconds, At(0.50), At(0.95), At(0.99), cpu.TotalMicroseconds / Math.Max(1, all.Length), peak);
    }

    /// <summary>A user: one press at a time, until both the press is answered and the screen has changed.</summary>
    private static async Task Use(Person person, List<double> latencies, Load load, Func<bool> measuring, CancellationToken ct)
    {
        person.Send("/menu");
        await Until(person, () => person.Chat.LastFromBot is not null, ct);
        var screen = person.Chat.LastFromBot!;
        var own = (int)(person.Id % 5) + 1;
        var pages = (load.Shops + 4) / 5;
        if (load.Walk != Walk.MenuAndList)
        {
            await Press(screen.Buttons.First(b => b.Text.EndsWith("магазины", StringComparison.Ordinal)).Text);
            if (load.Walk == Walk.Arrows && pages > 4)
                await Jump(pages / 2);
        }

        while (true)
        {
            if (load.Walk == Walk.Arrows)
            {
                await Press("▶");
                await Press("◀");
                continue;
            }

            if (load.Walk == Walk.Jumps)
            {
                await Jump(Random.Shared.Next(1, pages + 1));
                continue;
            }

            var first = load.Admins ? "Все магазины" : "Мои магазины";
            string[] round = !load.Switches
                ? [screen.HasButton(first) ? first : "Мои магазины", "Назад"]
                : [first, Find(own), "Активация", "Назад", "Назад"];
            foreach (var label in round)
            {
                var button = screen.Buttons.FirstOrDefault(b => b.Text.StartsWith(label, StringComparison.Ordinal) || b.Text.EndsWith(label, StringComparison.Ordinal))
                    ?? throw new InvalidOperationException($"No button {label} under: {screen.Text}");
                await Press(button.Text);
            }
        }

        async Task Press(string label, bool counts = true)
        {
            var edits = screen.Edits;
            var clock = Stopwatch.GetTimestamp();
            var press = person.Press(label, screen);
            await Until(person, () => screen.Edits != edits, ct);
            Count(clock, counts);
            await press.Answered.WaitAsync(ct);
        }

        async Task Jump(int page)
        {
            await Press(screen.Buttons.First(b => b.Text.Contains('/', StringComparison.Ordinal)).Text, counts: false);
            var prompt = person.Chat.LastFromBot!;
            var clock = Stopwatch.GetTimestamp();
            person.Send(page.ToString(CultureInfo.InvariantCulture));
            await Until(person, () => person.Chat.LastFromBot != prompt, ct);
            Count(clock, counts: true);
            screen = person.Chat.LastFromBot!;
        }

        void Count(long clock, bool counts)
        {
            if (counts && measuring())
                latencies.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        static string Find(int own) => string.Create(CultureInfo.InvariantCulture, $"Shop {own}");
    }

    private static async Task Until(Person person, Func<bool> condition, CancellationToken ct)
    {
        while (true)
        {
            var changed = person.Chat.Changed;
            if (condition())
                return;
            await changed.WaitAsync(ct);
        }
    }
}
