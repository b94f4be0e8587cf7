using System.Diagnostics;
using System.Text.Json.Nodes;
using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Playground;

public class UpdateTests
{
    [Fact]
    public async Task A_long_poll_waits_until_something_happens()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.World.AddPerson(17, "Anna", "Berg", "anna", "en");

        var poll = bot.Call("getUpdates", new { timeout = 30 });
        anna.Send("/start shop");
        var update = (await poll).Result[0];

        Assert.Equal(17, update.GetProperty("message").GetProperty("from").GetProperty("id").GetInt64());
        Assert.Equal("en", update.GetProperty("message").GetProperty("from").GetProperty("language_code").GetString());
        Assert.Equal("private", update.GetProperty("message").GetProperty("chat").GetProperty("type").GetString());
        Assert.Equal("/start shop", update.GetProperty("message").GetProperty("text").GetString());
        Assert.Equal("""[{"offset":0,"length":6,"type":"bot_command"}]""", update.GetProperty("message").GetProperty("entities").GetRawText());
    }

    [Fact]
    public async Task A_long_poll_ends_empty_after_its_timeout_which_is_50_seconds_at_most()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time });

        var poll = bot.Call("getUpdates", new { timeout = 1000 });
        while (!poll.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(50));
            await Task.Yield();
        }

        Assert.Equal(0, (await poll).Result.GetArrayLength());
    }

    [Fact]
    public async Task Updates_come_again_until_a_higher_offset_confirms_them()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        anna.Send("two");
        anna.Send("three");

        var first = (await bot.Call("getUpdates", new { limit = 2 })).Result;
        var again = (await bot.Call("getUpdates", new { limit = 2 })).Result;
        var rest = (await bot.Call("getUpdates", new { offset = first[1].GetProperty("update_id").GetInt64() + 1 })).Result;

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal("three", rest[0].GetProperty("message").GetProperty("text").GetString());
        Assert.Equal(1, bot.World.PendingUpdates);
    }

    [Fact]
    public async Task A_negative_offset_forgets_all_but_the_last()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        anna.Send("two");
        anna.Send("three");

        var last = (await bot.Call("getUpdates", new { offset = -1 })).Result;

        Assert.Equal("three", last[0].GetProperty("message").GetProperty("text").GetString());
        Assert.Equal(1, bot.World.PendingUpdates);
    }

    [Fact]
    public async Task A_second_poller_ends_the_first()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.World.AddPerson(17, "Anna");
        var first = bot.Call("getUpdates", new { timeout = 30 });
        Task<Reply>? second = null;

        while (!first.IsCompleted)
        {
            second = bot.Call("getUpdates", new { timeout = 1 });
            await Task.WhenAny(first, second);
        }

        anna.Send("hi");
        await second!;

        Assert.Equal("409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", (await first).Error);
    }

    [Fact]
    public async Task Polling_while_a_webhook_is_set_is_a_conflict_and_setting_one_ends_a_poll()
    {
        await using var bot = await RawBot.Start();
        var poll = bot.Call("getUpdates", new { timeout = 30 });
        while (!poll.IsCompleted)
        {
            await bot.Call("setWebhook", new { url = "http://127.0.0.1:9/hook" });
            await bot.Call("deleteWebhook");
        }

        await bot.Call("setWebhook", new { url = "http://127.0.0.1:9/hook" });
        var conflict = await bot.Call("getUpdates");

        Assert.Matches("^409 Conflict: (terminated by setWebhook request|can't use getUpdates method while webhook is active)", (await poll).Error);
        Assert.Equal("409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", conflict.Error);
    }

    [Fact]
    public async Task Allowed_updates_are_remembered_until_they_are_given_again()
    {
        await using var bot = await RawBot.Start();
        await bot.Call("getUpdates", new { allowed_updates = (string[])["callback_query"] });
        var anna = bot.Somebody();
        await bot.Call("getUpdates");
        anna.Send("not delivered");

        var none = await bot.Call("getUpdates");
        await bot.Call("getUpdates", new { allowed_updates = Array.Empty<string>() });
        anna.Send("delivered");
        var one = await bot.Call("getUpdates");

        Assert.Equal(0, none.Result.GetArrayLength());
        Assert.Equal("delivered", one.Result[0].GetProperty("message").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Messages_are_kept_for_a_day_and_presses_for_150_seconds()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time });
        var anna = bot.Somebody();
        await bot.Send(anna, "menu", RawBot.Keyboard(("Go", "go")));
        anna.Press("Go");

        time.Advance(TimeSpan.FromSeconds(151));
        var afterPress = (await bot.Call("getUpdates")).Result.GetArrayLength();
        time.Advance(TimeSpan.FromHours(24));
        var afterDay = (await bot.Call("getUpdates")).Result.GetArrayLength();

        Assert.Equal((1, 0), (afterPress, afterDay));
    }

    [Fact]
    public async Task Update_ids_may_jump_down_and_an_offset_from_before_reads_from_the_head()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        var before = (await bot.Call("getUpdates")).Result[0].GetProperty("update_id").GetInt64();
        await bot.Call("getUpdates", new { offset = before + 1 });

        bot.World.NextUpdateId = 5;
        anna.Send("after a quiet week");
        var update = (await bot.Call("getUpdates", new { offset = before + 1 })).Result[0];
        await bot.Call("getUpdates", new { offset = 6 });

        Assert.Equal(5, update.GetProperty("update_id").GetInt64());
        Assert.Equal(0, bot.World.PendingUpdates);
    }

    [Fact]
    public async Task A_copy_of_an_update_is_delivered_although_its_id_was_confirmed()
    {
        await using var bot = await RawBot.Start();
        bot.Somebody();
        var original = (await bot.Call("getUpdates")).Result[0].GetRawText();
        var next = JsonNode.Parse(original)!["update_id"]!.GetValue<long>() + 1;
        await bot.Call("getUpdates", new { offset = next });

        bot.World.Deliver(JsonNode.Parse(original)!.AsObject());
        var copy = (await bot.Call("getUpdates", new { offset = next })).Result[0].GetRawText();
        await bot.Call("getUpdates", new { offset = next });

        Assert.Equal(original, copy);
        Assert.Equal(0, bot.World.PendingUpdates);
    }

    [Fact]
    public async Task Unknown_kinds_of_updates_can_be_delivered()
    {
        await using var bot = await RawBot.Start();

        var id = bot.World.Deliver(new JsonObject { ["weather_changed"] = new JsonObject { ["rain"] = true } });
        var update = (await bot.Call("getUpdates")).Result[0];

        Assert.Equal(id, update.GetProperty("update_id").GetInt64());
        Assert.True(update.GetProperty("weather_changed").GetProperty("rain").GetBoolean());
    }

    [Fact]
    public async Task Strict_limits_slow_down_a_poller_that_repeats_its_offset()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time, StrictLimits = true });
        var anna = bot.Somebody();
        anna.Send("two");

        var first = await bot.Call("getUpdates", new { offset = 3 });
        var second = await bot.Call("getUpdates", new { offset = 3 });

        Assert.Equal(2, first.Result.GetArrayLength());
        Assert.Equal(1, second.Result.GetArrayLength());
    }

    [Fact]
    public async Task People_can_edit_send_media_and_write_in_groups()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        var group = bot.World.AddGroup(-77, "Sellers");
        var text = anna.Send("frist");
        anna.Edit(text, "first");
        anna.SendPhoto("look");
        anna.SendSticker();
        anna.SendContact();
        anna.SendVoice();
        anna.SendTo(group, "not for the bot");
        anna.SendTo(group, "/help");

        var updates = (await bot.Call("getUpdates")).Result.EnumerateArray().ToList();

        Assert.Equal("first", updates[2].GetProperty("edited_message").GetProperty("text").GetString());
        Assert.Equal("look", updates[3].GetProperty("message").GetProperty("caption").GetString());
        Assert.True(updates[4].GetProperty("message").TryGetProperty("sticker", out _));
        Assert.True(updates[5].GetProperty("message").TryGetProperty("contact", out _));
        Assert.True(updates[6].GetProperty("message").TryGetProperty("voice", out _));
        Assert.Equal("group", Assert.Single(updates[7..]).GetProperty("message").GetProperty("chat").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Waiting_in_vain_tells_what_was_seen()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        var started = Stopwatch.GetTimestamp();

        var error = await Assert.ThrowsAsync<TimeoutException>(
            () => bot.World.Until(() => anna.Chat.LastFromBot is not null, TimeSpan.FromMilliseconds(50), RawBot.Ct));

        Assert.Contains("anna.Chat.LastFromBot", error.Message, StringComparison.Ordinal);
        Assert.Contains("Anna: /start", error.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }
}
