using System.Diagnostics;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>What is left after the process was killed: everything, once.</summary>
[Collection(Alone.Name)]
public class KillTests(ITestOutputHelper output)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task R9_after_20_kills_nothing_is_lost_and_nothing_applied_twice() => Survives(seed: 20261122, users: 200, rounds: 20, updatesPerRound: 50);

    [Fact]
    [Trait(Size.Trait, Size.Full)]
    public Task R9_after_200_kills_over_10_000_updates_nothing_is_lost_and_nothing_applied_twice()
    {
        Size.IsFull();
        return Survives(seed: 4, users: 200, rounds: 200, updatesPerRound: 50);
    }

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

    private async Task Survives(int seed, int users, int rounds, int updatesPerRound)
    {
        await using var bot = await RealBot.Prepare(Market.Rows(users), Ct);
        var random = new Random(seed);
        var market = new Market(bot.World, users, random);
        await bot.Start(Ct);
        market.Greet();
        await bot.Settles(Ct);
        var watch = Stopwatch.StartNew();

        for (var round = 0; round < rounds; round++)
        {
            market.Act(updatesPerRound);
            await RandomMoment(bot, random);
            await bot.Kill(Ct);
            bot.Launch();
        }

        await bot.Settles(Ct);

        output.WriteLine($"{market.Updates} updates, {market.Effects} effects, {rounds} kills, {market.DuplicatedMessages} messages twice, {watch.Elapsed.TotalSeconds:F0} s");
        await market.Verify(bot.Database);
        Assert.InRange(market.DuplicatedMessages, 0, rounds);
    }

    /// <summary>Now and then while the process starts, mostly at a call that has just been made, or a little after it.</summary>
    private static async Task RandomMoment(RealBot bot, Random random)
    {
        var moment = TimeSpan.FromMilliseconds(random.Next(40));
        if (random.Next(10) == 0)
        {
            moment = TimeSpan.FromMilliseconds(random.Next(1500));
        }
        else
        {
            var last = bot.World.Log.LastNumber + random.Next(1, 70);
            await bot.World.Until(() => bot.World.Log.LastNumber >= last || (bot.World.PendingUpdates == 0 && bot.World.IsPolled), Patience.Limit, Ct);
        }

        using var timer = new PeriodicTimer(moment + TimeSpan.FromMilliseconds(1));
        await timer.WaitForNextTickAsync(Ct);
    }
}
