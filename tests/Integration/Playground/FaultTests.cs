using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Playground;

public class FaultTests
{
    [Fact]
    public async Task A_429_names_the_seconds_and_executes_nothing()
    {
        await using var bot = await RawBot.Start();
        var (anna, boris) = (bot.Somebody(), bot.Somebody(18));
        bot.World.Faults.Next(Fault.Status(429, retryAfter: 7), "sendMessage", times: 2, chatId: anna.Id);

        var other = await bot.Send(boris, "x");
        var limited = await bot.Send(anna, "x");
        await bot.Send(anna, "x");
        var after = await bot.Send(anna, "x");

        Assert.True(other.Ok);
        Assert.Equal("429 Too Many Requests: retry after 7", limited.Error);
        Assert.Equal(7, limited.Json.GetProperty("parameters").GetProperty("retry_after").GetInt32());
        Assert.True(after.Ok);
        Assert.Single(anna.Chat.Messages, m => m.FromBot);
        Assert.Equal(0, bot.World.Faults.Remaining);
    }

    [Fact]
    public async Task A_500_hits_every_method_but_the_poll()
    {
        await using var bot = await RawBot.Start();
        bot.World.Faults.Next(Fault.Status(500));

        var poll = await bot.Call("getUpdates");
        var me = await bot.Call("getMe");

        Assert.True(poll.Ok);
        Assert.Equal("500 Internal Server Error", me.Error);
        Assert.Equal("status 500", bot.World.Calls[^1].Fault);
        Assert.Empty(bot.World.Violations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_is_cut_before_or_after_executing(bool executed)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        bot.World.Faults.Next(executed ? Fault.CutAfter : Fault.CutBefore, "sendMessage");

        await Assert.ThrowsAsync<HttpRequestException>(() => bot.Send(anna, "x"));

        Assert.Equal(executed ? 1 : 0, anna.Chat.Messages.Count(m => m.FromBot));
        Assert.Equal((executed, false), (bot.World.Calls[^1].IsExecuted, bot.World.Calls[^1].Ok));
    }

    [Fact]
    public async Task A_call_can_hang_until_the_client_gives_up()
    {
        await using var bot = await RawBot.Start();
        bot.World.Faults.Next(Fault.Hang, "getMe");
        using var patience = new CancellationTokenSource();

        var call = bot.Http.GetAsync(bot.Base + "getMe", patience.Token);
        await TestBot.Until(() => bot.World.Faults.Remaining == 0, RawBot.Ct);
        var hangs = !call.IsCompleted;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await bot.World.Until(() => bot.World.Calls.Any(c => c.Fault == "hang"), RawBot.Ct);

        Assert.True(hangs);
        Assert.False(bot.World.Calls[^1].IsExecuted);
    }

    [Fact]
    public async Task A_call_can_be_delayed()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time });
        bot.World.Faults.Next(Fault.Delay(TimeSpan.FromSeconds(30)), "getMe");

        var call = bot.Call("getMe");
        var others = await bot.Call("getWebhookInfo");
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        Assert.True(others.Ok);
        Assert.True((await call).Ok);
    }
}
