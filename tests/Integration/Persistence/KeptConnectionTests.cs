using MarketBot.Infrastructure.Delivery;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Tests.Integration.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Tests.Integration.Persistence;

/// <summary>The connections that EF Core's contexts keep open on a SQLite file.</summary>
public sealed class KeptConnectionTests
{
    private const long Normal = 1;
    private const long Full = 2;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_transaction_of_an_update_leaves_its_sync_to_others_and_none_after_it_even_when_it_is_given_up()
    {
        await using var bot = await TestBot.Start(Ct);

        Assert.Equal(Normal, await InTransaction(bot, leavesSync: true));
        Assert.Equal(Full, await Outside(bot));
        Assert.Equal(Full, await InTransaction(bot, leavesSync: false));
        Assert.Equal(Normal, await InTransaction(bot, leavesSync: true));
        Assert.Equal(Full, await InTransaction(bot, leavesSync: false));
    }

    [Fact]
    public async Task No_kept_statement_holds_the_file_as_it_was()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Forges(anna.Screen, "on:1:1:1:1:");
        await bot.Settles(Ct);

        Assert.Equal(0, await bot.Value<long>("PRAGMA wal_checkpoint(TRUNCATE)"));
    }

    /// <summary>What a transaction commits with (sqlite.org/pragma.html#pragma_synchronous); it is given up with its scope.</summary>
    private static async Task<long> InTransaction(TestBot bot, bool leavesSync)
    {
        await using var scope = bot.Service<IServiceScopeFactory>().CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<IUpdateTransaction>();
        work.LeavesSync = leavesSync;
        await work.Begin(Ct);
        return await Synchronous(scope.ServiceProvider);
    }

    private static async Task<long> Outside(TestBot bot)
    {
        await using var scope = bot.Service<IServiceScopeFactory>().CreateAsyncScope();
        return await Synchronous(scope.ServiceProvider);
    }

    private static Task<long> Synchronous(IServiceProvider scope) => scope.GetRequiredService<MarketBotContext>().Database
        .SqlQuery<long>($"SELECT synchronous AS \"Value\" FROM pragma_synchronous").SingleAsync(Ct);
}
