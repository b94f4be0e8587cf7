using System.Diagnostics;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>After many kills every update is handled, once.</summary>
public class RepeatedKillTests(ITestOutputHelper output)
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

        output.WriteLine(
            $"{market.Updates} updates, {market.Effects} effects, {rounds} kills, {market.DuplicatedMessages} messages twice, "
            + $"{watch.Elapsed.TotalSeconds:F0} s");
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
