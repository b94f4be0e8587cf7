using System.Diagnostics;
using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>A person in front of the bot: does something and waits for what the bot shows.</summary>
public sealed class Actor(Func<TelegramWorld> world, Person person)
{
    private Message? _screen;
    private int _heard;

    /// <summary>In front of a bot of the test's own process.</summary>
    public Actor(TestBot bot, Person person)
        : this(() => bot.Telegram.World, person)
    {
    }

    public Person Person { get; } = person;

    /// <summary>The message in which the bot answered what they did last; notices that came meanwhile are beside it.</summary>
    public Message Screen => _screen ?? throw new InvalidOperationException("The bot has shown nothing yet.");

    /// <summary>The text of the screen.</summary>
    public string Sees => Screen.Text;

    /// <summary>The labels of the buttons there, row by row.</summary>
    public string[] Rows => [.. Screen.Keyboard.Select(row => string.Join(" | ", row.Select(b => b.Text)))];

    /// <summary>The number of messages of the bot in the chat.</summary>
    public int MessagesFromBot => Person.Chat.Messages.Count(m => m.FromBot);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TelegramWorld World => world();

    /// <summary>Sends a text and waits for the bot's answer.</summary>
    public Task<Message> Says(string text) => Answered(() => Person.Send(text));

    /// <summary>Does something that the bot answers with a message, and waits for it.</summary>
    public Task<Message> Answered(Func<Message> send) => AnswerTo(send());

    /// <summary>Waits for the first message of the bot after this one that is no notice.</summary>
    public async Task<Message> AnswerTo(Message sent) => _screen = await World.WaitFor(() => FindAnswerTo(sent), Patience.Limit, Ct, $"an answer to {sent}");

    /// <summary>True when there is a screen already.</summary>
    public bool HasAnswerTo(Message sent) => FindAnswerTo(sent) is not null;

    /// <summary>Waits for a message of the bot with these words that they have not heard yet. It is not their screen.</summary>
    public async Task<Message> Hears(string words)
    {
        var heard = await World.WaitFor(
            () => Person.Chat.Messages.FirstOrDefault(m => m.FromBot && m.Id > _heard && m.Text.Contains(words, StringComparison.Ordinal)), Patience.Limit, Ct,
            $"a message with “{words}”");
        _heard = heard.Id;
        return heard;
    }

    /// <summary>Presses a button that changes the screen, and waits for both the answer and the screen.</summary>
    public Task<CallbackAnswer> Presses(string label, Message? on = null) => Shown(() => Person.Press(label, on));

    /// <summary>Sends callback data that no visible button has, and waits for both the answer and the screen.</summary>
    public Task<CallbackAnswer> Forges(Message on, string data) => Shown(() => Person.PressData(on, data));

    /// <summary>Presses a button of a message that the bot can no longer read, and waits for both the answer and the screen.</summary>
    public Task<CallbackAnswer> PressesInaccessible(Message on, string data) => Shown(() => Person.PressInaccessible(on.Id, data));

    /// <summary>Presses a button that is only answered.</summary>
    public async Task<CallbackAnswer> Taps(string label) => await Person.Press(label).Answered.WaitAsync(Patience.Limit, Ct);

    /// <summary>Sends callback data, one after the other, and waits for nothing.</summary>
    public void Fires(params string[] data)
    {
        foreach (var one in data)
            Person.PressData(Screen, one);
    }

    /// <summary>Presses with that data, and measures how long the answer takes.</summary>
    public async Task<TimeSpan> Reaction(string data)
    {
        var started = Stopwatch.GetTimestamp();
        await Person.PressData(Screen, data).Answered.WaitAsync(Patience.Limit, Ct);
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

    private Message? FindAnswerTo(Message sent) => Person.Chat.Messages.FirstOrDefault(m => m.FromBot && m.Id > sent.Id && !m.IsNotice());

    private async Task<CallbackAnswer> Shown(Func<CallbackPress> presses)
    {
        var before = World.Log.LastNumber;
        var press = presses();
        var answer = await press.Answered.WaitAsync(Patience.Limit, Ct);
        _screen = await World.WaitFor(() => ScreenOf(press, before), Patience.Limit, Ct, $"a screen for the press {press.Data}");
        return answer;
    }

    /// <summary>The message of the button once it was edited, or was as it should be already; or a new one, which no notice is.</summary>
    private Message? ScreenOf(CallbackPress press, long afterCall)
    {
        foreach (var call in World.Log.After(afterCall).Where(c => c.ChatId == Person.Id))
        {
            if (call.Method == "editMessageText" && call.Parameter("message_id") == $"{press.MessageId}"
                && (call.IsExecuted || call.Description?.Contains("not modified", StringComparison.Ordinal) == true))
                return Person.Chat.Find(press.MessageId);
            if (call is { Method: "sendMessage", IsExecuted: true, Result: { } sent }
                && Person.Chat.Find(sent.GetProperty("message_id").GetInt32()) is { } message && !message.IsNotice() && !message.IsBan())
                return message;
        }

        return null;
    }
}
