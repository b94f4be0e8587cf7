using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Dialogues;

/// <summary><see cref="AccessTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class AccessTestsOnPostgres : AccessTests;

/// <summary><see cref="BindShopTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class BindShopTestsOnPostgres : BindShopTests;

/// <summary><see cref="CommandTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class CommandTestsOnPostgres : CommandTests;

/// <summary><see cref="LoginAdminTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class LoginAdminTestsOnPostgres : LoginAdminTests;

/// <summary><see cref="RegisterSellerTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class RegisterSellerTestsOnPostgres : RegisterSellerTests;

/// <summary><see cref="ShopCardTests"/> on PostgreSQL, where several people are served at once.</summary>
[OnPostgres]
public sealed class ShopCardTestsOnPostgres : ShopCardTests
{
    [Fact]
    public async Task Two_sellers_who_make_the_same_switch_at_the_same_moment_make_one_change()
    {
        await using var bot = await TestBot.Start(TestContext.Current.CancellationToken);
        await bot.AddShop("Nuts", "k-1");
        var (anna, boris) = (await bot.Seller(1001, "k-1"), await bot.Seller(1002, "k-1"));
        await using (await bot.Database.HoldShops())
        {
            anna.Fires("on:1:1:1:1:");
            boris.Fires("on:1:1:1:1:");
            await bot.Becomes(2, "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()", TestContext.Current.CancellationToken);
        }

        await bot.Settles(TestContext.Current.CancellationToken);

        Assert.Equal(["off on"], await bot.Database.Column("SELECT before || ' ' || after FROM marketbot_audit WHERE action LIKE 'Toggle%'"));
    }
}

/// <summary><see cref="ShopListTests"/> on PostgreSQL.</summary>
[OnPostgres]
public sealed class ShopListTestsOnPostgres : ShopListTests;
