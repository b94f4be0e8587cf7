using System.Diagnostics;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;
using MarketBot.Tests.Integration.Playground;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>When Telegram is busy, cut off, gone, or says no.</summary>
public class BotApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R2_a_reply_that_may_go_in_an_hour_survives_a_restart_and_goes_then()
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001);
        await anna.Says("/start");
        bot.Telegram.World.Faults.Next(Fault.Status(429, retryAfter: 3600), "sendMessage");
        var asked = anna.Person.Send("/help");
        await bot.Becomes(1, "SELECT count(*) FROM marketbot_outbox WHERE tries > 0", Ct);

        await bot.Restart(Ct);
        bot.Time.Forward(TimeSpan.FromMinutes(55));
        await anna.Reactions(5, "menu");
        var early = anna.Person.Chat.Messages.Count(m => m.FromBot && m.Id > asked.Id);
        bot.Time.Forward(TimeSpan.FromMinutes(5));
        var late = await anna.AnswerTo(asked);

        Assert.Equal(0, early);
        Assert.Contains("/cancel", late.Text, StringComparison.Ordinal);
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);
    }

    [Fact]
    public async Task R3_bursts_of_5xx_lose_nothing_and_are_over_5_seconds_after_recovery()
    {
        await using var bot = await TestBot.Start(Ct);
        Actor[] people = [.. Enumerable.Range(1001, 5).Select(id => bot.Person(id))];
        foreach (var person in people)
            await person.Says("/start");
        foreach (var code in new[] { 500, 502, 503 })
            bot.Telegram.World.Faults.Next(Fault.Status(code), "sendMessage", times: 15);

        var asked = people.Select(p => p.Person.Send("/help")).ToList();
        await bot.TimePassesUntil(() => bot.Telegram.World.Faults.Remaining == 0, Ct);
        var recovered = bot.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var latest = await bot.Value<long>($"SELECT coalesce(max(due_at), {recovered}) FROM marketbot_outbox");
        foreach (var (person, message) in people.Zip(asked))
            await person.AnswerTo(message);
        await bot.Settles(Ct);

        Assert.InRange(latest - recovered, long.MinValue, 5_000);
        Assert.All(people, p => Assert.Equal(2, p.MessagesFromBot));
    }

    [Fact]
    public async Task R4_after_ten_minutes_without_Telegram_polling_resumes_in_10_seconds_with_few_words()
    {
        await using var bot = await TestBot.Start(Ct, playground: new PlaygroundOptions { MaxCalls = 100_000, Port = Ports.Free() });
        await bot.Person(1001).Says("/start");
        await bot.LoseTelegram();
        var cut = bot.Time.GetUtcNow();

        await TestBot.Until(
            () =>
            {
                bot.Time.Pass(TimeSpan.FromSeconds(2));
                return bot.Time.GetUtcNow() - cut > TimeSpan.FromMinutes(10);
            },
            Ct);
        await bot.RegainTelegram(Ct);
        await bot.Telegram.World.Until(() => bot.Telegram.World.IsPolled, TimeSpan.FromSeconds(10), Ct);
        await bot.Person(1002).Says("/start");

        Assert.InRange(
            bot.Log.Count(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("PollingSource", StringComparison.Ordinal)), 1, 21);
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task R5_a_poll_that_is_never_answered_is_given_up_ten_seconds_after_its_time()
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001);
        await anna.Says("/start");
        bot.Telegram.World.Faults.Next(Fault.Hang, "getUpdates");
        await anna.Says("/menu");
        await bot.FaultsHappened(Ct);
        var asked = anna.Person.Send("/help");

        bot.Time.Pass(TimeSpan.FromSeconds(30));
        var deaf = !bot.Log.Any(line => line.Contains("did not answer getUpdates", StringComparison.Ordinal));
        bot.Time.Pass(TimeSpan.FromSeconds(10));
        await anna.AnswerTo(asked);

        Assert.True(deaf);
        Assert.Contains(bot.Log, line => line.Contains("did not answer getUpdates within 40 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task R6_a_message_whose_request_never_arrived_is_sent_again_once()
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001);
        await anna.Says("/start");
        bot.Telegram.World.Faults.Next(Fault.CutBefore, "sendMessage");

        await anna.Says("/help");
        await bot.Settles(Ct);

        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);
        Assert.Equal(2, anna.MessagesFromBot);
    }

    [Fact]
    public async Task R7_a_message_whose_answer_was_cut_off_arrives_at_most_once_more()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        var before = anna.MessagesFromBot;
        bot.Telegram.World.Faults.Next(Fault.CutAfter, "sendMessage");

        await bot.Operate("users", "ban", "1001");
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);

        Assert.Equal(0, bot.Telegram.World.Faults.Remaining);
        Assert.InRange(anna.MessagesFromBot - before, 1, 2);
    }

    [Fact]
    public async Task R8_an_edit_whose_answer_was_cut_off_is_no_second_message_and_no_error()
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001);
        await anna.Says("/start");
        bot.Telegram.World.Faults.Next(Fault.CutAfter, "editMessageText");

        await anna.Presses(Words.Ru.Help);
        await bot.Settles(Ct);

        Assert.Equal(1, anna.MessagesFromBot);
        Assert.Contains("/start", anna.Sees, StringComparison.Ordinal);
        Assert.Contains(bot.Telegram.World.Calls, c => c.Description?.Contains("not modified", StringComparison.Ordinal) == true);
        Assert.Empty(bot.Errors);
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM marketbot_outbox"));
    }

    [Fact]
    public async Task R23_a_press_that_is_too_old_to_be_answered_is_carried_out_all_the_same()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        bot.Telegram.World.Faults.Next(
            Fault.Status(400, description: "Bad Request: query is too old and response timeout expired or query ID is invalid"), "answerCallbackQuery");

        anna.Person.PressData(anna.Screen, "on:1:1:1:1:");
        await bot.Telegram.World.Until(() => anna.Sees.Contains("Nuts", StringComparison.Ordinal) && anna.Screen.Edits > 0, Ct);

        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.Empty(bot.Errors);
    }

    [Theory]
    [InlineData("Bad Request: message to edit not found")]
    [InlineData("Bad Request: MESSAGE_ID_INVALID")]
    [InlineData("Bad Request: message can't be edited")]
    public async Task R24_a_screen_whose_message_cannot_be_edited_is_sent_anew(string why)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        var old = anna.Screen;
        bot.Telegram.World.Faults.Next(Fault.Status(400, description: why), "editMessageText");

        await anna.Forges(old, "on:1:1:1:1:");

        Assert.True(anna.Screen.Id > old.Id);
        Assert.Contains("Nuts", anna.Sees, StringComparison.Ordinal);
        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task R25_somebody_who_blocked_the_bot_is_tried_once_and_then_left_alone_until_they_write()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        bot.Telegram.World.Faults.Next(Fault.Status(403), "sendMessage", chatId: 1001);
        anna.Person.Send("/help");
        await bot.Becomes(1, "SELECT count(*) FROM marketbot_reachability", Ct);
        var blocked = bot.Telegram.World.Log.LastNumber;

        await bot.Operate("users", "ban", "1001");
        await bot.Operate("users", "unban", "1001");
        await bot.Becomes(2, "SELECT count(*) FROM marketbot_outbox WHERE reason IS NOT NULL", Ct);
        var sends = bot.Telegram.World.Calls.Count(c => c.Number > blocked && c.ChatId == 1001);
        await anna.Says("/menu");

        Assert.Equal(0, sends);
        Assert.Equal(Words.Ru.SellerMenu, anna.Rows);
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM marketbot_reachability"));
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task R26_a_group_that_became_a_supergroup_is_answered_under_its_new_id_once()
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001);
        var group = bot.Telegram.World.AddGroup(-500, "Sellers");
        await bot.StopHost();
        anna.Person.SendTo(group, "/start");
        group.UpgradeToSupergroup(-100_500);

        await bot.StartHost(Ct);
        await bot.Telegram.World.Until(() => group.Chat.Messages.Any(m => m.FromBot), Ct);
        await bot.Settles(Ct);

        Assert.Single(group.Chat.Messages, m => m.FromBot);
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task A_message_whose_sending_hangs_holds_up_nobody_elses()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var (anna, boris) = (await bot.Seller(1001, "k-1"), await bot.Seller(1002, "k-1"));
        bot.Telegram.World.Faults.Next(Fault.Hang, "sendMessage", chatId: 1001);

        await bot.Operate("users", "ban", "1001");
        await bot.FaultsHappened(Ct);
        var started = Stopwatch.GetTimestamp();
        await bot.Operate("users", "ban", "1002");
        await boris.Hears("заблокирован");

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60));
        Assert.DoesNotContain(anna.Person.Chat.Messages, m => m.Text.Contains("заблокирован", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outage_of_Telegram_while_a_group_writes_is_no_try_and_the_group_is_told_afterwards()
    {
        await using var bot = await TestBot.Start(Ct);
        var group = bot.Telegram.World.AddGroup(-500, "Sellers");
        bot.Telegram.World.Faults.Next(Fault.Status(502), "getMe", times: 12);

        bot.Person(1001).Person.SendTo(group, "/start");
        await bot.TimePassesUntil(() => group.Chat.Messages.Any(m => m.FromBot), Ct);

        Assert.Equal(0, bot.Telegram.World.Faults.Remaining);
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task R49_a_hundred_notices_leave_at_most_thirty_a_second_and_one_a_second_to_a_chat()
    {
        var time = new FakeTime();
        await using var bot =
            await TestBot.Start(Ct, replace: services => services.AddSingleton<TimeProvider>(time), playground: new PlaygroundOptions { Time = time });
        foreach (var id in Enumerable.Range(1001, 100))
            bot.Person(id).Person.Send("/start");
        await bot.Settles(Ct);
        var before = bot.Telegram.World.Log.LastNumber;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();

        await bot.Execute("INSERT INTO marketbot_outbox (chat_id, name, notice, created_at, due_at, tries, uncertain_sends) VALUES "
            + string.Join(',', Enumerable.Range(1001, 100).Append(1001).Append(1001).Select((id, i) => $"({id}, 'n{i}', 'Activated', {now}, {now}, 0, 0)")));
        while (await bot.Value<long>("SELECT count(*) FROM marketbot_outbox") is > 0 and var left)
        {
            var next = Math.Min(30, await bot.Value<long>("SELECT count(DISTINCT chat_id) FROM marketbot_outbox"));
            time.Advance(TimeSpan.FromSeconds(0.5));
            time.Advance(TimeSpan.FromSeconds(0.5));
            await bot.Becomes(left - next, "SELECT count(*) FROM marketbot_outbox", Ct);
        }

        var sends = bot.Telegram.World.Calls.Where(c => c.Number > before && c.Method == "sendMessage").ToList();
        var seconds = sends.GroupBy(c => c.At).OrderBy(s => s.Key).ToList();

        Assert.Equal(102, sends.Count);
        Assert.All(seconds, second => Assert.InRange(second.Count(), 1, 30));
        Assert.All(seconds, second => Assert.Equal(second.Count(), second.DistinctBy(c => c.ChatId).Count()));
        Assert.All(seconds.Zip(seconds.Skip(1)), pair => Assert.Equal(TimeSpan.FromSeconds(1), pair.Second.Key - pair.First.Key));
    }

    [Fact]
    public async Task R33_a_revoked_token_stops_polling_for_a_minute_and_ends_nothing()
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001);
        await anna.Says("/start");
        bot.Telegram.World.Faults.Next(Fault.Status(401), "getUpdates", times: 2);
        await anna.Says("/menu");
        await bot.Logs("asking again in 60", Ct);
        var refused = bot.Telegram.World.Calls.Count(c => c.ErrorCode == 401);
        var asked = anna.Person.Send("/help");

        await bot.Time.Elapses(TimeSpan.FromSeconds(60), Ct);
        await bot.FaultsHappened(Ct);
        await bot.Logs("asking again in 60", Ct, times: 2);
        await bot.Time.Elapses(TimeSpan.FromSeconds(60), Ct);
        await anna.AnswerTo(asked);

        Assert.Equal(1, refused);
        Assert.Contains(
            bot.Log, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("Telegram refuses the token", StringComparison.Ordinal));
    }
}
