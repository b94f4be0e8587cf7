using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>The times of a process to be back after a kill and to end after a signal.</summary>
[Collection(Alone.Name)]
public class KillTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R10_a_reply_whose_effect_was_committed_arrives_after_a_kill()
    {
        await using var bot = await RealBot.Prepare(Market.Rows(1), Ct);
        var anna = Market.PersonOf(bot.World, 1);
        await bot.Start(Ct);
        anna.Send("/menu");
        var menu = await bot.World.WaitFor(() => anna.Chat.LastFromBot, Patience.Limit, Ct);
        bot.World.Faults.Next(Fault.Hang, "editMessageText");
        anna.PressData(menu, "on:1:1:1:1:");
        await TestBot.Until(() => bot.World.Faults.Remaining == 0, Ct);

        await bot.Kill(Ct);
        await bot.Start(Ct);
        await bot.World.Until(() => menu.Edits > 0, TimeSpan.FromSeconds(5), Ct);
        await bot.Settles(Ct);

        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops WHERE id = 1"));
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM marketbot_audit"));
        Assert.Contains("a-1", menu.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R20_a_stop_under_load_ends_in_10_seconds_and_loses_nothing()
    {
        await using var bot = await RealBot.Prepare(Market.Rows(100), Ct);
        var market = new Market(bot.World, 100, new Random(20));
        await bot.Start(Ct);
        market.Greet();
        await bot.Settles(Ct);

        for (var stop = 0; stop < 3; stop++)
        {
            market.Act(400);
            await bot.World.Until(() => bot.World.PendingUpdates < 300, Patience.Limit, Ct);
            bot.Process.Terminate();
            Assert.Equal(0, await bot.Process.Exit(Ct, TimeSpan.FromSeconds(12)));
            await bot.Process.DisposeAsync();
            await bot.Start(Ct);
        }

        await bot.Settles(Ct);

        await market.Verify(bot.Database);
    }
}
