using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Playground;

public class FloodTests
{
    [Fact]
    public async Task A_chat_takes_a_short_burst_and_then_one_message_a_second()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time, StrictLimits = true });
        var (anna, boris) = (bot.Somebody(), bot.Somebody(18));

        var burst = await Repeat(5, () => bot.Send(anna, "x"));
        var tooMuch = await bot.Send(anna, "x");
        var other = await bot.Send(boris, "x");
        time.Advance(TimeSpan.FromSeconds(1));
        var after = await bot.Send(anna, "x");
        var again = await bot.Send(anna, "x");

        Assert.All(burst, r => Assert.True(r.Ok));
        Assert.Equal("429 Too Many Requests: retry after 1", tooMuch.Error);
        Assert.Equal(1, tooMuch.Json.GetProperty("parameters").GetProperty("retry_after").GetInt32());
        Assert.Equal((true, true, false), (other.Ok, after.Ok, again.Ok));
    }

    [Fact]
    public async Task Over_all_chats_thirty_messages_a_second_are_taken()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time, StrictLimits = true });
        var people = Enumerable.Range(1, 31).Select(id => bot.Somebody(id)).ToList();

        var next = 0;
        var replies = await Repeat(31, () => bot.Send(people[next++], "x"));
        time.Advance(TimeSpan.FromSeconds(1));
        var after = await bot.Send(people[30], "x");

        Assert.Equal(30, replies.Count(r => r.Ok));
        Assert.Equal("429 Too Many Requests: retry after 1", replies[30].Error);
        Assert.True(after.Ok);
    }

    [Fact]
    public async Task A_group_takes_twenty_messages_a_minute()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time, StrictLimits = true });
        bot.World.AddGroup(-77, "Sellers");

        var replies = await Repeat(21, () => bot.Call("sendMessage", new { chat_id = -77, text = "x" }));
        time.Advance(TimeSpan.FromSeconds(3));
        var after = await bot.Call("sendMessage", new { chat_id = -77, text = "x" });

        Assert.Equal("429 Too Many Requests: retry after 3", replies[20].Error);
        Assert.True(after.Ok);
    }

    [Fact]
    public async Task Without_strict_limits_nothing_is_counted()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var replies = await Repeat(60, () => bot.Send(anna, "x"));

        Assert.All(replies, r => Assert.True(r.Ok));
    }

    [Fact]
    public async Task A_webhook_is_set_once_a_second_at_most()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time, StrictLimits = true });

        var first = await bot.Call("setWebhook", new { url = "http://127.0.0.1:9/a" });
        var second = await bot.Call("setWebhook", new { url = "http://127.0.0.1:9/b" });
        time.Advance(TimeSpan.FromSeconds(1));
        var third = await bot.Call("setWebhook", new { url = "http://127.0.0.1:9/b" });

        Assert.Equal((true, true), (first.Ok, third.Ok));
        Assert.Equal("429 Too Many Requests: retry after 1", second.Error);
    }

    private static async Task<List<Reply>> Repeat(int times, Func<Task<Reply>> call)
    {
        var replies = new List<Reply>();
        for (var i = 0; i < times; i++)
            replies.Add(await call());
        return replies;
    }
}
