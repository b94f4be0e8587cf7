using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.Telegram;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>When updates come twice, late, out of order, in masses, or broken.</summary>
public class UpdateTests(ITestOutputHelper output)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R11_an_update_that_is_delivered_five_times_has_one_effect()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        var (on, off) = (Press(900_000_001, anna.Screen.Id, "on:1:1:1:1:"), Press(900_000_002, anna.Screen.Id, "on:1:0:1:1:"));

        for (var i = 0; i < 5; i++)
        {
            bot.Telegram.World.Deliver(on);
            await bot.Settles(Ct);
        }

        bot.Telegram.World.Deliver(off);
        await bot.Settles(Ct);
        bot.Telegram.World.Deliver(on);
        await bot.Settles(Ct);

        Assert.Equal(0, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.Equal(2, await bot.Value<long>("SELECT count(*) FROM marketbot_audit WHERE action = 'ToggleShopActive'"));
    }

    [Fact]
    public async Task R11_an_update_that_is_delivered_five_times_at_once_has_one_effect()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        var update = JsonSerializer.SerializeToElement(Press(900_000_001, anna.Screen.Id, "on:1:1:1:1:"));

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => bot.Service<UpdateIntake>().Take([update, update], Ct))));
        await bot.Settles(Ct);

        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM marketbot_audit WHERE action = 'ToggleShopActive'"));
        Assert.Equal(1, bot.Telegram.World.Calls.Count(c => c.Method == "editMessageText" && c.Parameter("text").Contains("Nuts", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task R12_updates_whose_numbers_jump_down_are_all_handled()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        bot.Telegram.World.NextUpdateId = 800_000_000;
        var anna = await bot.Seller(1001, "k-1");

        bot.Telegram.World.NextUpdateId = 1_000;
        await anna.Forges(anna.Screen, "on:1:1:1:1:");
        bot.Telegram.World.NextUpdateId = 700_000_000;
        await anna.Forges(anna.Screen, "price:1:1:1:1:");
        bot.Telegram.World.NextUpdateId = 10;
        await anna.Forges(anna.Screen, "on:1:0:1:1:");
        await bot.Settles(Ct);

        Assert.Equal("0 1", await bot.Value<string>("SELECT is_active || ' ' || price_updating FROM shops"));
        Assert.Equal(0, bot.Telegram.World.PendingUpdates);
    }

    [Fact]
    public Task R15_a_backlog_of_2_000_is_worked_off() => WorksOff(2_000, perSecond: 100);

    [Fact]
    [Trait(Size.Trait, Size.Full)]
    public Task R15_a_backlog_of_20_000_is_worked_off_at_500_a_second()
    {
        Size.IsFull();
        return WorksOff(20_000, perSecond: 500);
    }

    [Fact]
    public async Task R15_presses_that_waited_too_long_still_switch_but_show_nothing_and_answer_nothing()
    {
        var telegram = new ShiftedTime();
        await using var bot = await TestBot.Start(Ct, playground: new PlaygroundOptions { Time = telegram });
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        var screen = anna.Screen;
        var last = bot.Telegram.World.NextUpdateId;
        bot.Telegram.World.Faults.Next(Fault.Delay(TimeSpan.FromSeconds(60)), "sendMessage");
        anna.Person.Send("/help");
        var command = anna.Person.PressData(screen, "on:1:1:1:1:");
        var navigation = anna.Person.PressData(screen, "shops:0");
        await bot.Becomes(3, $"SELECT count(*) FROM marketbot_inbox WHERE update_id >= {last}", Ct);

        bot.Time.Forward(TimeSpan.FromSeconds(151));
        await telegram.Elapses(TimeSpan.FromSeconds(60), Ct);
        await bot.Settles(Ct);

        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.Equal((0, 0), (command.Answers, navigation.Answers));
        Assert.Contains("Nuts", screen.Text, StringComparison.Ordinal);
        Assert.Equal(
            1, bot.Telegram.World.Calls.Count(c => c.Method == "editMessageText" && c.At > bot.Telegram.World.Calls.Last(s => s.Method == "sendMessage").At));
    }

    [Fact]
    public async Task R16_an_update_that_always_fails_is_tried_four_times_then_laid_aside_and_the_next_one_goes_on()
    {
        await using var bot = await TestBot.Start(Ct, new Dictionary<string, string?> { ["Bot:ReportChatId"] = "777" });
        var developer = bot.Person(777);
        await developer.Says("/start");
        await bot.AddShop("Nuts", "k-1");
        await bot.AddShop("Tea", "k-2");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Presses(Words.Ru.AddShop);
        await anna.Says("k-2");
        await bot.Execute("CREATE TRIGGER poison BEFORE UPDATE ON shops WHEN NEW.id = 1 BEGIN SELECT RAISE(ABORT, 'poison'); END");
        var screen = anna.Screen;
        var from = bot.Time.GetUtcNow();

        anna.Person.PressData(screen, "on:1:1:1:1:");
        var next = anna.Person.PressData(screen, "on:2:1:1:1:");
        await bot.GivesUp(Ct);
        var waited = bot.Time.GetUtcNow() - from;
        await next.Answered.WaitAsync(Patience.Limit, Ct);
        await bot.Settles(Ct);

        Assert.InRange(waited, TimeSpan.FromSeconds(31), TimeSpan.FromSeconds(60));
        Assert.InRange(await bot.Value<long>("SELECT (SELECT max(at) FROM marketbot_audit) - ended_at FROM marketbot_inbox WHERE state = 3"), 0, 1_000);
        Assert.Contains("4 tries", await bot.Value<string>("SELECT reason FROM marketbot_inbox WHERE state = 3"), StringComparison.Ordinal);
        Assert.Equal("2", await bot.Value<string>("SELECT group_concat(id) FROM shops WHERE is_active"));
        Assert.Single(developer.Person.Chat.Messages, m => m.FromBot && m.Text.Contains('⚠', StringComparison.Ordinal));
        Assert.Single(anna.Person.Chat.Messages, m => m.FromBot && m.Text.Contains("Что-то пошло не так", StringComparison.Ordinal));
    }

    [Fact]
    public async Task R16_an_update_that_waits_for_its_next_try_keeps_its_place_over_a_restart()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await bot.Execute("CREATE TRIGGER poison BEFORE UPDATE ON shops WHEN NEW.is_active BEGIN SELECT RAISE(ABORT, 'poison'); END");
        var screen = anna.Screen;
        anna.Person.PressData(screen, "on:1:1:1:1:");
        anna.Person.PressData(screen, "price:1:1:1:1:");
        anna.Person.PressData(screen, "on:1:0:1:1:");
        await bot.Logs("Incident", Ct);
        await bot.Becomes(3, "SELECT count(*) FROM marketbot_inbox WHERE state < 2", Ct);

        await bot.StopHost();
        var left = await bot.Value<long>("SELECT count(*) FROM marketbot_inbox WHERE state = 0");
        await bot.Execute("DROP TRIGGER poison");
        await bot.StartHost(Ct);
        await bot.Settles(Ct);

        Assert.Equal(3, left);
        Assert.Equal(
            "on off, on off, off on",
            await bot.Value<string>(
                "SELECT group_concat(after || ' ' || before, ', ') FROM (SELECT * FROM marketbot_audit WHERE action LIKE 'Toggle%' ORDER BY id)"));
    }

    [Theory]
    [InlineData("""{"message":"no object"}""")]
    [InlineData("""{"callback_query":{"id":7}}""")]
    [InlineData("""{"message":{"message_id":1,"date":"soon","chat":{"id":"x"}}}""")]
    [InlineData("""{"something_new":{"deep":[1,2,{"a":null}]}}""")]
    [InlineData("{}")]
    public async Task R17_an_update_that_cannot_be_read_is_stored_and_never_asked_for_again(string raw)
    {
        await using var bot = await TestBot.Start(Ct);

        var id = bot.Telegram.World.Deliver((JsonObject)JsonNode.Parse(raw)!);
        await bot.Settles(Ct);

        Assert.Equal(2, await bot.Value<long>($"SELECT state FROM marketbot_inbox WHERE update_id = {id}"));
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task R21_presses_and_texts_of_one_person_are_handled_one_after_the_other()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        var screen = anna.Screen;

        for (var i = 0; i < 20; i++)
        {
            anna.Person.PressData(screen, "on:1:1:1:1:");
            anna.Person.Send("/menu");
            anna.Person.PressData(screen, "on:1:0:1:1:");
            anna.Person.Send("/sign_out");
            anna.Person.PressData(screen, "on:1:1:1:1:");
            anna.Person.PressData(screen, "seller");
            anna.Person.Send("k-1");
        }

        await bot.Settles(Ct);

        Assert.Equal(0, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.Equal(
            string.Join(',', Enumerable.Repeat("on,off,signed out,Seller", 20)),
            await bot.Value<string>(
                "SELECT group_concat(after) FROM (SELECT after FROM marketbot_audit WHERE actor IS NOT NULL ORDER BY id LIMIT -1 OFFSET 1)"));
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task R48_one_person_with_5_000_updates_waiting_keeps_nobody_else_waiting_and_keeps_their_order()
    {
        var telegram = new ShiftedTime();
        await using var bot = await TestBot.Start(Ct, playground: new PlaygroundOptions { MaxCalls = 100_000, Time = telegram });
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        var boris = bot.Person(1002);
        await boris.Says("/start");
        bot.Telegram.World.Faults.Next(Fault.Delay(TimeSpan.FromSeconds(90)), "answerCallbackQuery");

        for (var i = 1; i <= 5_000; i++)
            anna.Person.PressData(anna.Screen, $"on:1:{i % 2}:1:1:");
        await bot.Telegram.World.Until(() => bot.Telegram.World.PendingUpdates == 0, Patience.Limit, Ct);
        var waiting = await bot.Value<long>("SELECT count(*) FROM marketbot_inbox WHERE state < 2");
        await telegram.Elapses(TimeSpan.FromSeconds(90), Ct);
        var meanwhile = await Durations.WithinTries(() => boris.Reactions(20, "help", "menu"), times => times.P95() < TimeSpan.FromSeconds(1));
        var left = await bot.Value<long>("SELECT count(*) FROM marketbot_inbox WHERE state < 2");
        await bot.Settles(Ct, Patience.ForMasses);

        Assert.Equal(5_000, waiting);
        Assert.NotEqual(0, left);
        Assert.True(meanwhile.P95() < TimeSpan.FromSeconds(1), $"{meanwhile.P95()}");
        var switches = await bot.Database.Column("SELECT after FROM marketbot_audit WHERE action = 'ToggleShopActive' ORDER BY id");
        Assert.Equal(5_000, switches.Count);
        Assert.All(switches.Select((after, i) => (after, i)), s => Assert.Equal(s.i % 2 == 0 ? "on" : "off", s.after));
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public Task R47_5_000_strangers_leave_no_memory_behind() => LeavesNothing(5_000, 50 << 20);

    [Fact]
    [Trait(Size.Trait, Size.Full)]
    public Task R47_a_million_strangers_leave_no_memory_behind()
    {
        Size.IsFull();
        return LeavesNothing(1_000_000, 50 << 20);
    }

    private async Task LeavesNothing(int people, long mostGrowth)
    {
        await using var bot = await RealBot.Prepare("SELECT 1", Ct, new PlaygroundOptions { MaxCalls = 100, MaxPeople = 2_000, MaxMessages = 2_000 });
        await bot.Start(Ct);
        await Greet(bot, 1, 2_000);
        var before = bot.Process.ResidentBytes;

        await Greet(bot, 100_000, people);

        var growth = bot.Process.ResidentBytes - before;
        output.WriteLine($"{people} people: {before >> 20} MiB, then {growth / 1024.0 / 1024:F1} MiB more");
        Assert.InRange(growth, long.MinValue, mostGrowth);
    }

    private static async Task Greet(RealBot bot, int firstId, int people)
    {
        for (var i = 0; i < people; i++)
        {
            bot.World.AddPerson(firstId + i, "Anna").Send("/start");
            if (i % 500 == 499)
                await bot.Settles(Ct);
        }

        await bot.Settles(Ct);
    }

    private async Task WorksOff(int backlog, int perSecond)
    {
        await using var bot = await RealBot.Prepare("SELECT 1", Ct);
        await bot.Start(Ct);
        Person[] people = [.. Enumerable.Range(1, 200).Select(id => bot.World.AddPerson(id, "Anna"))];
        foreach (var person in people)
            person.Send("/start");
        await bot.Settles(Ct);
        await bot.Kill(Ct);
        for (var i = 0; i < backlog; i++)
            people[i % people.Length].PressData(people[i % people.Length].Chat.LastFromBot!, i / people.Length % 2 == 0 ? "help" : "menu");

        await bot.Start(Ct);
        var started = TimeProvider.System.GetTimestamp();
        await bot.Settles(Ct);
        var rate = backlog / TimeProvider.System.GetElapsedTime(started).TotalSeconds;

        output.WriteLine($"{rate:F0} a second, {bot.Process.ResidentBytes >> 20} MiB");
        Assert.InRange(rate, perSecond, double.MaxValue);
        Assert.InRange(bot.Process.ResidentBytes, 1, 400 << 20);
    }

    private static JsonObject Press(long updateId, int message, string data) => (JsonObject)JsonNode.Parse(string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"update_id":{{updateId}},"callback_query":{"id":"{{updateId}}","from":{"id":1001,"is_bot":false,"first_name":"Anna","language_code":"ru"},
        "chat_instance":"1","data":"{{data}}",
        "message":{"message_id":{{message}},"date":1700000000,"chat":{"id":1001,"type":"private"},"text":"x"} } }
        """))!;
}
