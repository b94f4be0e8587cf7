using System.Diagnostics;
using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>Comparisons of waiting times, for which nothing else may run.</summary>
[Collection(Alone.Name)]
public class PaceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R1_a_429_on_one_chat_keeps_that_chat_quiet_and_nobody_else()
    {
        await using var bot = await TestBot.Start(Ct);
        var (anna, boris) = (bot.Person(1001), bot.Person(1002));
        await anna.Says("/start");
        await boris.Says("/start");
        var before = await boris.Reactions(40, "help", "menu");
        bot.Telegram.World.Faults.Next(Fault.Status(429, retryAfter: 300), "sendMessage", chatId: 1001);
        var first = anna.Person.Send("/help");
        await bot.Telegram.World.Until(() => bot.Telegram.World.Calls.Any(c => c.ErrorCode == 429), Patience.Limit, Ct);
        var refused = bot.Telegram.World.Log.LastNumber;

        anna.Person.Send("/language");
        var usual = (before.P95() * 1.2) + TimeSpan.FromMilliseconds(50);
        var meanwhile = await Durations.WithinTries(() => boris.Reactions(40, "help", "menu"), times => times.P95() <= usual);
        await bot.Settles(Ct);
        var early = bot.Telegram.World.Log.After(refused).Where(c => c.ChatId == 1001).ToList();
        bot.Time.Pass(TimeSpan.FromSeconds(300));
        await bot.Telegram.World.Until(() => anna.Person.Chat.Messages.Count(m => m.FromBot && m.Id > first.Id) == 2, Patience.Limit, Ct);

        Assert.Empty(early);
        Assert.True(meanwhile.P95() <= usual, $"{before.P95()} {meanwhile.P95()}");
    }

    [Fact]
    public async Task R48_somebody_who_floods_the_bot_slows_nobody_else()
    {
        await using var bot = await TestBot.Start(Ct);
        var (anna, boris) = (bot.Person(1001), bot.Person(1002));
        await anna.Says("/start");
        await boris.Says("/start");
        var before = await boris.Reactions(60, "help", "menu");
        var usual = (before.P95() * 1.2) + TimeSpan.FromMilliseconds(100);

        var meanwhile = await Durations.WithinTries(
            () =>
            {
                for (var i = 0; i < 300; i++)
                    anna.Person.Send("/help");
                return boris.Reactions(60, "help", "menu");
            },
            times => times.P95() <= usual);
        await bot.Settles(Ct);

        Assert.True(meanwhile.P95() <= usual, $"{before.P95()} {meanwhile.P95()}");
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task R34_while_twenty_logins_are_checked_other_peoples_taps_stay_quick()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.Operate("accounts", "add", "chief", "--password", "right horse");
        var guessers = new List<Actor>();
        for (var i = 0; i < 20; i++)
        {
            guessers.Add(bot.Person(2000 + i));
            await guessers[i].Says("/start");
            await guessers[i].Presses(Words.Ru.Administrator);
            await guessers[i].Says($"somebody-{i}");
        }

        var boris = bot.Person(1002);
        await boris.Says("/start");
        var before = await boris.Reactions(40, "help", "menu");
        var usual = TimeSpan.FromMilliseconds(Math.Max(300, before.P95().TotalMilliseconds * 3));
        var waiting = new List<int>();

        var meanwhile = await Durations.WithinTries(
            async () =>
            {
                var sent = guessers.Select(g => g.Person.Send("wrong")).ToList();
                var times = await boris.Reactions(40, "help", "menu");
                waiting.Add(guessers.Zip(sent).Count(g => !g.First.HasAnswerTo(g.Second)));
                foreach (var (guesser, message) in guessers.Zip(sent))
                    await guesser.AnswerTo(message);
                return times;
            },
            times => times.P95() < usual);

        Assert.DoesNotContain(0, waiting);
        Assert.True(meanwhile.P95() < usual, $"{before.P95()} {meanwhile.P95()}");
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(20_000)]
    public async Task R36_checking_a_password_takes_as_long_for_an_unknown_account_as_for_a_known_one_of_any_cost(int iterations)
    {
        await using var bot = await TestBot.Start(Ct);
        var passwords = bot.Service<IPasswords>();
        string Hash(int cost) => $"pbkdf2_sha256${cost}$abcdefghijklmnopqrstuv${Convert.ToBase64String(new byte[32])}";
        var known = Hash(iterations);
        string[] inUse = [Hash(30_000), Hash(60_000), known];
        var times = new[] { new List<TimeSpan>(), new List<TimeSpan>() };

        // In turn, so that whatever else the machine does falls on both alike; the first ones warm up. What it does only adds to a time: the quick ones tell.
        for (var i = -20; i < 400; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await passwords.Check(i % 2 == 0 ? known : null, inUse, new Secret("wrong"), Ct);
            if (i >= 0)
                times[i % 2].Add(Stopwatch.GetElapsedTime(started));
        }

        Assert.InRange(times[0].Percentile(0.25) / times[1].Percentile(0.25), 0.95, 1.05);
    }
}
