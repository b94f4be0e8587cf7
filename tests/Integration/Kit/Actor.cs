using System.Diagnostics;
using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>A person in front of the bot: does something and waits for what the bot shows.</summary>
public sealed class Actor(Func<TelegramWorld> world, Person person)
{
    /// <summary>In front of a bot of the test's own process.</summary>
    public Actor(TestBot bot, Person person)
        : this(() => bot.Telegram.World, person)
    {
    }

    /// <summary>The simulated person.</summary>
    public Person Person { get; } = person;

    /// <summary>The newest message of the bot.</summary>
    public Message Screen => Person.Chat.LastFromBot ?? throw new InvalidOperationException("The bot has said nothing yet.");

    /// <summary>What the newest message of the bot says.</summary>
    public string Sees => Screen.Text;

    /// <summary>The labels under the newest message of the bot, row by row.</summary>
    public string[] Rows => [.. Screen.Keyboard.Select(row => string.Join(" | ", row.Select(b => b.Text)))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TelegramWorld World => world();

    /// <summary>Sends a text and waits for the bot's message.</summary>
    public Task<Message> Says(string text) => Answered(() => Person.Send(text));

    /// <summary>Does something that the bot answers with a message, and waits for it.</summary>
    public async Task<Message> Answered(Func<Message> send)
    {
        var sent = send();
        return await World.WaitFor(() => Person.Chat.LastFromBot is { } last && last.Id > sent.Id ? last : null, Ct);
    }

    /// <summary>Presses a button that changes the screen, and waits for both the answer and the screen.</summary>
    public async Task<CallbackAnswer> Presses(string label, Message? on = null)
    {
        var before = LastCall;
        var press = Person.Press(label, on);
        return await Shown(press, before);
    }

    /// <summary>Sends callback data that no visible button has, and waits for both the answer and the screen.</summary>
    public async Task<CallbackAnswer> Forges(Message on, string data)
    {
        var before = LastCall;
        return await Shown(Person.PressData(on, data), before);
    }

    /// <summary>Presses a button that is only answered.</summary>
    public async Task<CallbackAnswer> Taps(string label) => await Person.Press(label).Answered.WaitAsync(TimeSpan.FromSeconds(30), Ct);

    private long LastCall => World.Calls.Count == 0 ? 0 : World.Calls[^1].Number;

    /// <summary>Waits until the press is answered and a screen was drawn for it.</summary>
    public async Task<CallbackAnswer> Shown(CallbackPress press, long afterCall)
    {
        var answer = await press.Answered.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        await World.Until(() => World.Calls.Any(c => c.Number > afterCall && c.ChatId == Person.Id && (c.Method is "editMessageText" or "sendMessage")), Ct);
        return answer;
    }

    /// <summary>Presses with that data, and measures how long the answer takes.</summary>
    public async Task<TimeSpan> Reaction(string data)
    {
        var started = Stopwatch.GetTimestamp();
        await Person.PressData(Screen, data).Answered.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Presses one after the other.</summary>
    public async Task<List<TimeSpan>> Reactions(int count, params string[] data)
    {
        var all = new List<TimeSpan>(count);
        for (var i = 0; i < count; i++)
            all.Add(await Reaction(data[i % data.Length]));
        return all;
    }
}
