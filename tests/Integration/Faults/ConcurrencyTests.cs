using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>Several people and programs change the same rows at the same moment.</summary>
[OnPostgres]
public class ConcurrencyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_sellers_who_make_the_same_switch_make_one_change()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var (anna, boris) = (await bot.Seller(1001, "k-1"), await bot.Seller(1002, "k-1"));
        await using (await OtherTransaction.HoldShops(bot))
        {
            anna.Fires("on:1:1:1:1:");
            boris.Fires("on:1:1:1:1:");
            await OtherTransaction.KeepsWaiting(bot, 2, Ct);
        }

        await bot.Settles(Ct);

        Assert.Equal(["off on"], await bot.Database.Column("SELECT before || ' ' || after FROM marketbot_audit WHERE action LIKE 'Toggle%'"));
    }

    [Fact]
    public async Task A_seller_whose_shop_is_taken_away_while_their_switch_waits_does_not_make_it()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await using (await OtherTransaction.HoldShops(bot))
        {
            anna.Fires("on:1:1:1:1:");
            await OtherTransaction.KeepsWaiting(bot, 1, Ct);
            await bot.Operate("users", "unbind", "1001", "1");
        }

        await bot.Settles(Ct);

        Assert.Equal(0, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task A_shop_that_is_deleted_while_it_is_being_bound_is_no_error()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        await bot.AddShop("Tea", "k-2");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Presses(Words.Ru.AddShop);
        await using var django = await OtherTransaction.Begin(bot, "DELETE FROM shops WHERE id = 2");

        var key = anna.Person.Send("k-2");
        await OtherTransaction.KeepsWaiting(bot, 1, Ct);
        await django.Commit();
        await anna.AnswerTo(key);

        Assert.Contains("только что изменились", anna.Sees, StringComparison.Ordinal);
        Assert.True(key.IsDeleted);
        Assert.Empty(bot.Errors);
        await anna.Says("k-2");
        Assert.Contains("таким ключом нет", anna.Sees, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_person_who_is_erased_nothing_stays_that_was_under_way()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await bot.Settles(Ct);
        await bot.Execute("DELETE FROM marketbot_sessions");
        Task erase;
        await using (await OtherTransaction.Begin(bot, "INSERT INTO marketbot_sessions (telegram_id, search_id, updated_at) VALUES (1001, 0, 0)"))
        {
            anna.Fires("add");
            await OtherTransaction.KeepsWaiting(bot, 1, Ct);
            erase = bot.Operate("users", "erase", "1001");
            await OtherTransaction.KeepsWaiting(bot, 2, Ct);
        }

        await erase;
        await bot.Settles(Ct);

        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM marketbot_sessions"));
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task Two_imports_of_the_same_keys_add_them_once()
    {
        await using var bot = await TestBot.Start(Ct);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "name,api_key\nNuts,k-1\n", Ct);
        Task<(int Code, string Output, string Errors)>[] imports;
        await using (await OtherTransaction.Begin(bot, "LOCK TABLE shops IN SHARE MODE"))
        {
            imports = [bot.TryOperate("shops", "import", file), bot.TryOperate("shops", "import", file)];
            await OtherTransaction.KeepsWaiting(bot, 2, Ct);
        }

        var codes = (await Task.WhenAll(imports)).Select(i => i.Code).Order();
        File.Delete(file);

        Assert.Equal([0, 2], codes);
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM shops"));
    }
}
