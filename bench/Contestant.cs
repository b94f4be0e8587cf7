using System.Diagnostics;
using System.Security.Cryptography;

namespace MarketBot.Bench;

/// <summary>Where a bot finds what it works with.</summary>
/// <param name="Server">The address of the Bot API.</param>
/// <param name="Token">The token.</param>
/// <param name="Folder">A folder of its own, with the database <see cref="DatabaseFile"/>.</param>
internal sealed record Workplace(string Server, string Token, string Folder)
{
    public string DatabaseFile => Path.Combine(Folder, "marketbot.db");
}

/// <summary>A bot that can be measured, in a process of its own.</summary>
/// <param name="Name">What tables and plots call it.</param>
/// <param name="HasScreens">Whether it has the screens of a seller and a database; the floor has neither.</param>
/// <param name="Start">How its process is started.</param>
internal sealed record Contestant(string Name, bool HasScreens, Func<Workplace, ProcessStartInfo> Start)
{
    /// <summary>Polls and makes the calls, nothing else.</summary>
    public static Contestant Floor { get; } = new(
        "floor", HasScreens: false, place => new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], "floor-bot", place.Server, place.Token]));

    /// <summary>Telegram.Bot and EF Core, updates side by side.</summary>
    public static Contestant EfBot { get; } = Ef("Telegram.Bot + EF Core");

    /// <summary>The same, one update after the other.</summary>
    public static Contestant EfBotOneAtATime { get; } = Ef("the same, one update at a time", "--one-at-a-time");

    /// <summary>The published program.</summary>
    public static Contestant MarketBot(string executable) => new("MarketBot", HasScreens: true, place =>
    {
        var start = new ProcessStartInfo("dotnet", [executable]) { WorkingDirectory = place.Folder };
        start.Environment["Telegram__Token"] = place.Token;
        start.Environment["Telegram__ApiBaseUrl"] = place.Server;
        start.Environment["Bot__CustomizeOnStart"] = "false";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        return start;
    });

    /// <summary>grammY and better-sqlite3; null, with a line that says why, where it cannot be installed.</summary>
    public static async Task<Contestant?> GrammyBot()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "grammy-bot");
        var files = Directory.GetFiles(source).Order(StringComparer.Ordinal).ToArray();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(await File.ReadAllBytesAsync(file));

        // better-sqlite3 may have to be compiled, which takes minutes: a copy that is complete serves again.
        var folder = Path.Combine(Path.GetTempPath(), $"marketbot-bench-grammy-{Convert.ToHexString(hash.GetHashAndReset())[..12]}");
        var script = Path.Combine(folder, "bot.js");
        if (!File.Exists(script))
        {
            var unfinished = Directory.CreateTempSubdirectory("marketbot-bench-grammy-").FullName;
            foreach (var file in files)
                File.Copy(file, Path.Combine(unfinished, Path.GetFileName(file)), overwrite: true);
            if (await Install(unfinished) is { } why)
            {
                Console.WriteLine($"grammY is left out: {why}");
                Directory.Delete(unfinished, recursive: true);
                return null;
            }

            Directory.Move(unfinished, folder);
        }

        return new Contestant(
            "grammY + better-sqlite3",
            HasScreens: true,
            place => new ProcessStartInfo("node", [script, place.Server, place.Token, place.DatabaseFile]));
    }

    private static Contestant Ef(string name, params string[] options)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "EfBot.dll");
        return new(name, HasScreens: true, place => new ProcessStartInfo("dotnet", [program, place.Server, place.Token, place.DatabaseFile, .. options]));
    }

    private static async Task<string?> Install(string folder)
    {
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = npm.StandardOutput.ReadToEndAsync();
            var errors = await npm.StandardError.ReadToEndAsync();
            await output;
            await npm.WaitForExitAsync();
            return npm.ExitCode == 0 ? null : $"npm ci ended with {npm.ExitCode}: {errors.Trim().Split('\n')[0]}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Node.js is not installed.";
        }
    }
}
