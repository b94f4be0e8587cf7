using System.Diagnostics;
using MarketBot.Playground;

namespace MarketBot.Bench;

/// <summary>A bot in a process of its own, beside a Telegram and a database that were made for it.</summary>
internal sealed class RunningBot : IAsyncDisposable
{
    private readonly string _name;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private RunningBot(string name, PlaygroundServer telegram, Workplace place, Process process)
    {
        (_name, Telegram, Place, Process) = (name, telegram, place, process);
        (_output, _errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public PlaygroundServer Telegram { get; }

    public Workplace Place { get; }

    public Process Process { get; }

    /// <summary>Makes what the bot needs for the load and starts it.</summary>
    /// <param name="executable">The published <c>marketbot.dll</c>, which makes the tables of every bot.</param>
    /// <param name="contestant">The bot.</param>
    /// <param name="load">What its database has to hold.</param>
    public static async Task<RunningBot> Start(string executable, Contestant contestant, Load load)
    {
        var telegram = await PlaygroundServer.Start(new PlaygroundOptions { MaxCalls = 100 });
        var place = new Workplace(telegram.Url.ToString(), telegram.Token, Directory.CreateTempSubdirectory("marketbot-bench-").FullName);
        if (contestant.HasScreens)
            await Marketplace.Make(executable, place.DatabaseFile, load.Shops, load.Users, load.Admins);

        var start = contestant.Start(place);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        return new RunningBot(contestant.Name, telegram, place, Process.Start(start)!);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
        await _output;
        if (await _errors is { Length: > 0 } said)
            Console.Error.WriteLine($"{_name}: {said}");
        Process.Dispose();
        await Telegram.DisposeAsync();
        Directory.Delete(Place.Folder, recursive: true);
    }
}
