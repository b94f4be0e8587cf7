using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MarketBot.Infrastructure;
using MarketBot.Infrastructure.Persistence.Postgres;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>When somebody else changes what concerns a person: Django, or another person in the bot.</summary>
public partial class WatchTests
{
    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R50_a_ban_and_its_end_on_the_site_are_told_once_also_when_the_bot_was_off()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await HasLooked(bot);

        await bot.Execute("UPDATE tg_bot_telegramuser SET is_banned = TRUE");
        await Sees(bot, anna, "заблокирован");
        await bot.Restart(Ct);
        await Looks(bot);
        await bot.StopHost();
        await bot.Execute("UPDATE tg_bot_telegramuser SET is_banned = FALSE");
        await bot.StartHost(Ct);
        await Sees(bot, anna, "восстановлен");
        await bot.Restart(Ct);
        await Looks(bot);

        Assert.Equal((1, 1), (Told(anna, "заблокирован"), Told(anna, "восстановлен")));
    }

    [Fact]
    public async Task R50_a_ban_that_MarketBot_made_is_told_once()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await HasLooked(bot);

        await bot.Operate("users", "ban", "1001");
        await Looks(bot);
        await bot.Operate("users", "unban", "1001");
        await Looks(bot);
        await bot.StopHost();
        await bot.Operate("users", "ban", "1001");
        await bot.Operate("users", "erase", "1001");
        await bot.StartHost(Ct);
        await Looks(bot);

        Assert.Equal((1, 1), (Told(anna, "заблокирован"), Told(anna, "восстановлен")));
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM marketbot_known_bans"));
    }

    [Fact]
    public async Task R50_what_was_so_before_the_first_look_is_not_told()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await bot.Settles(Ct);
        await bot.StopHost();
        await bot.Execute(
            "DELETE FROM marketbot_watch; DELETE FROM marketbot_known_bans; DELETE FROM marketbot_known_shops; UPDATE tg_bot_telegramuser SET is_banned = "
            + "TRUE; UPDATE shops SET is_active = TRUE");

        await bot.StartHost(Ct);
        await HasLooked(bot);
        await Looks(bot);

        Assert.Equal((0, 0), (Told(anna, "заблокирован"), Told(anna, "Nuts</b>")));
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM marketbot_outbox"));
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM marketbot_known_bans"));
    }

    [Theory]
    [InlineData("ru", "⏸ Магазин <Nuts> выключен.\nНа сайте, ", "✅ Обновление цен магазина <Nuts> включено.\nНа сайте, ")]
    [InlineData("en", "⏸ The shop <Nuts> has been turned off.\nOn the site, ", "✅ Price updating of the shop <Nuts> has been turned on.\nOn the site, ")]
    public async Task R50_a_switch_on_the_site_is_told_to_the_shops_sellers_and_to_nobody_else(string language, string off, string prices)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("<Nuts>", "k-1", active: true);
        await bot.AddShop("Tea", "k-2");
        var anna = await bot.Seller(1001, "k-1", language);
        await anna.Says("/language");
        await anna.Presses(language == "ru" ? "Русский" : "English");
        var (boris, vera, dina) = (await bot.Seller(1002, "k-2"), await bot.Seller(1003, "k-1"), await bot.Seller(1004, "k-1"));
        await vera.Says("/sign_out");
        await HasLooked(bot);
        await bot.Becomes(2, "SELECT count(*) FROM marketbot_known_shops", Ct);
        await bot.Execute("UPDATE tg_bot_telegramuser SET is_active = FALSE WHERE chat_id = 1004");

        await bot.Execute("UPDATE shops SET is_active = FALSE, price_updating = TRUE WHERE id = 1");
        await Sees(bot, anna, prices);
        await bot.Restart(Ct);
        await Looks(bot);

        Assert.Equal((1, 1), (Told(anna, off), Told(anna, prices)));
        Assert.Contains(bot.Time.GetUtcNow().ToString("yyyy", null), (await anna.Hears(prices)).Text, StringComparison.Ordinal);
        Assert.All([boris, vera, dina], p => Assert.Equal(0, Told(p, "На сайте")));
    }

    [Fact]
    public async Task R50_a_switch_in_the_bot_is_told_to_the_other_sellers_by_name()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var (anna, boris) = (await bot.Seller(1001, "k-1"), await bot.Seller(1002, "k-1"));
        var gleb = await bot.Admin(1003);
        await HasLooked(bot);

        await anna.Forges(anna.Screen, "on:1:1:1:1:");
        await Sees(bot, boris, "включён.\nКто: Anna Test, ");
        await gleb.Forges(gleb.Screen, "on:1:0:1:1:");
        await Sees(bot, boris, "выключен.\nКто: Gleb Test, ");
        await Sees(bot, anna, "выключен.\nКто: Gleb Test, ");
        await bot.Execute("UPDATE shops SET is_active = TRUE");
        await Sees(bot, anna, "включён.\nНа сайте, ");
        await Sees(bot, boris, "включён.\nНа сайте, ");

        Assert.Equal((2, 3), (Told(anna, "Магазин Nuts в"), Told(boris, "Магазин Nuts в")));
        Assert.Equal(0, Told(gleb, "Магазин Nuts в"));
    }

    [Theory]
    [InlineData("ru", "✅ Включено 4500 магазинов:\n• Shop 1\n• Shop 2\n", "…и ещё 4490 магазинов\nНа сайте, ")]
    [InlineData("en", "✅ 4500 shops have been turned on:\n• Shop 1\n• Shop 2\n", "…and 4490 more\nOn the site, ")]
    public async Task R50_thousands_of_shops_switched_at_once_are_one_message(string language, string first, string last)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Shop 1", "k-1");
        var anna = await bot.Seller(1001, "k-1", language);
        await anna.Says("/language");
        await anna.Presses(language == "ru" ? "Русский" : "English");
        var boris = await bot.Seller(1002, "k-1");
        await HasLooked(bot);
        await HasShops(bot, 4500);

        await bot.Execute("UPDATE shops SET is_active = TRUE");
        await Sees(bot, anna, first);
        await bot.Restart(Ct);
        await Looks(bot);

        Assert.Equal((1, 1, 1), (Told(anna, first), Told(anna, last), Told(anna, "UTC")));
        Assert.Equal(1, Told(boris, "✅ Магазин Shop 1 включён.\nНа сайте, "));
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM marketbot_known_shops WHERE NOT is_active"));
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task R50_what_is_switched_at_once_in_the_middle_of_a_look_is_one_message()
    {
        var meanwhile = new Meanwhile();
        await using var bot = await TestBot.Start(Ct, replace: services => services.AddSingleton<TimeProvider>(_ => meanwhile.On(services)));
        await bot.AddShop("Shop 1", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await HasLooked(bot);
        await HasShops(bot, 4500);

        meanwhile.InNextPause = () => bot.Execute("UPDATE shops SET is_active = TRUE");
        await Sees(bot, anna, "✅ Включено 4500 магазинов:\n• Shop 1\n");
        await Looks(bot);

        Assert.Null(meanwhile.InNextPause);
        Assert.Equal(1, Told(anna, "UTC"));
    }

    [Fact]
    public async Task R50_what_several_people_switched_at_once_is_a_message_for_each_of_them_and_none_about_oneself()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Shop 1", "k-1");
        var (anna, boris) = (await bot.Seller(1001, "k-1"), await bot.Seller(1002, "k-1"));
        var gleb = await bot.Admin(1003);
        await HasLooked(bot);
        await HasShops(bot, 6);

        await bot.Execute(
            """
            BEGIN;
            UPDATE shops SET is_active = TRUE WHERE id < 6;
            UPDATE shops SET price_updating = TRUE WHERE id < 3;
            INSERT INTO marketbot_audit (at, actor, action, shop_id, before, after) VALUES
                (1000, 1003, 'ToggleShopActive', 1, 'off', 'on'), (2000, 1003, 'ToggleShopActive', 2, 'off', 'on'),
                (3000, 1001, 'ToggleShopActive', 3, 'off', 'on'),
                (4000, 1002, 'TogglePriceUpdating', 1, 'off', 'on'), (5000, 1003, 'TogglePriceUpdating', 2, 'on', 'off');
            COMMIT
            """);
        await Looks(bot);

        string[] told = [
            .. anna.Person.Chat.Messages.Where(m => m.FromBot && m.Text.Contains("UTC", StringComparison.Ordinal)).Select(m => m.Text)
            .Order(StringComparer.Ordinal)];
        Assert.Equal(4, told.Length);
        Assert.Equal("✅ Включены 2 магазина:\n• Shop 1\n• Shop 2\nКто: Gleb Test, 01.01.1970 00:00 UTC", told[0]);
        Assert.StartsWith("✅ Включены 2 магазина:\n• Shop 4\n• Shop 5\nНа сайте, ", told[1], StringComparison.Ordinal);
        Assert.Equal("✅ Обновление цен магазина Shop 1 включено.\nКто: Anna Test, 01.01.1970 00:00 UTC", told[2]);
        Assert.StartsWith("✅ Обновление цен магазина Shop 2 включено.\nНа сайте, ", told[3], StringComparison.Ordinal);
        Assert.Equal((1, 0, 0), (Told(boris, "UTC"), Told(boris, "Обновление"), Told(gleb, "UTC")));
    }

    [Fact]
    public async Task R50_what_was_noted_before_a_kill_is_told_after_the_start()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await HasLooked(bot);
        await bot.StopHost();
        await bot.Execute(
            """INSERT INTO marketbot_notices (telegram_id, notice, author, arguments) VALUES """
            + """(1001, 'ShopOff', 0, '{"Shop":"Nuts","At":"2026-03-04T05:06:00Z","Others":["Tea"],"Unnamed":0}')""");

        await bot.StartHost(Ct);
        await Sees(bot, anna, "⏸ Выключены 2 магазина:\n• Nuts\n• Tea\nНа сайте, 04.03.2026 05:06 UTC");
        await bot.Restart(Ct);
        await Looks(bot);

        Assert.Equal(1, Told(anna, "Выключены"));
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM marketbot_notices"));
    }

    [Fact]
    public async Task R50_whoever_adds_a_shop_is_not_told_what_was_before_and_a_shop_that_is_gone_is_forgotten()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        await bot.AddShop("Tea", "k-2");
        var (anna, boris) = (await bot.Seller(1001, "k-1"), await bot.Seller(1002, "k-2"));
        await HasLooked(bot);
        await Until(bot, 2, "SELECT count(*) FROM marketbot_known_shops");

        await bot.Execute("DELETE FROM tg_bot_telegramuser_shops; UPDATE shops SET is_active = TRUE");
        await Until(bot, 2, "SELECT count(*) FROM marketbot_known_shops WHERE is_active");
        await bot.Execute("INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, shop_id) VALUES (1, 2); DELETE FROM shops WHERE id = 1");
        await Until(bot, 1, "SELECT count(*) FROM marketbot_known_shops");
        await Looks(bot);

        Assert.Equal((0, 0), (Told(anna, "UTC"), Told(boris, "UTC")));
        Assert.Empty(bot.Errors);
    }

    [Fact]
    [Trait(Size.Trait, Size.Full)]
    public async Task R50_a_million_bindings_are_watched_in_short_reads_and_every_switch_is_told_within_30_s()
    {
        Size.IsFull();
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Shop 1", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await bot.StopHost();
        await bot.Execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO tg_bot_telegramuser (id, chat_id, first_name, last_name, username, role, created_at, is_banned, is_active, is_logged_out)
            SELECT i, 1000000 + i * 7919, '', '', '', 'SE', '2026-01-01 00:00:00.000000', FALSE, TRUE, FALSE FROM n
            """);
        for (var shops = 1; shops < 1_000_000; shops += 50_000)
        {
            await bot.Execute(
                $"""
                WITH RECURSIVE n(i) AS (SELECT {Math.Max(2, shops)} UNION ALL SELECT i + 1 FROM n WHERE i < {shops + 49_999})
                INSERT INTO shops (id, slug, name, client_id, is_active, ozon_api_key, price_updating, shipper_api_key, vendor_name)
                SELECT i, 's' || i, 'Shop ' || i, '', FALSE, 'key-' || i, FALSE, '', '' FROM n;
                INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, shop_id)
                SELECT CASE WHEN id % 1000 = 0 THEN 1 ELSE id % 99999 + 2 END, id FROM shops WHERE id >= {Math.Max(2, shops)} ORDER BY id * 7919 % 50021
                """);
        }

        var started = Stopwatch.GetTimestamp();
        await bot.StartHost(Ct);
        await TestBot.Until(
            async () => await bot.Value<long>("SELECT count(*) FROM marketbot_known_shops") == 1_000_000 && bot.Log.Any(IsLook), TimeSpan.FromMinutes(5), Ct);
        Tell($"the first look: {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        await TestBot.Until(() => Task.FromResult(bot.Log.Count(IsLook) > 7), TimeSpan.FromMinutes(3), Ct);
        var looks = bot.Log.Where(IsLook).Skip(2).Select(line => LookLine().Match(line)).ToList();
        foreach (var look in looks)
            Tell(look.Value);

        foreach (var (shop, wait) in new[] { (1, 0), (500_000, 3), (1_000_000, 6), (1_000, 9) })
        {
            await Pause(wait);
            started = Stopwatch.GetTimestamp();
            await bot.Execute($"UPDATE shops SET price_updating = TRUE WHERE id = {shop}");
            await TestBot.Until(() => Task.FromResult(Told(anna, $"магазина Shop {shop} включено") == 1), TimeSpan.FromSeconds(30), Ct);
            Tell($"shop {shop}: told after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        }

        started = Stopwatch.GetTimestamp();
        await bot.Execute("UPDATE shops SET is_active = TRUE WHERE id % 1000 = 0");
        await TestBot.Until(() => Task.FromResult(Told(anna, "Включено 1000 магазинов") == 1), TimeSpan.FromSeconds(30), Ct);
        Tell($"a thousand shops: told after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");

        if (bot.Database.Kind == DatabaseKind.Sqlite)
            Assert.InRange(looks.Select(look => TimeSpan.Parse(look.Groups[1].Value, CultureInfo.InvariantCulture)).ToList().Median().TotalMilliseconds, 0, 20);
        Assert.Equal(5, Told(anna, "UTC"));
        Assert.Empty(bot.Errors);

        static void Tell(string measured) => TestContext.Current.TestOutputHelper!.WriteLine(measured);
    }

    [GeneratedRegex(@"changed in \S+: \d+ reads, the longest (\S+)")]
    private static partial Regex LookLine();

    private static async Task Pause(int seconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(Math.Max(1, seconds)));
        await timer.WaitForNextTickAsync(Ct);
    }

    /// <summary>The first seller has so many shops, and what they know of them is recorded.</summary>
    private static async Task HasShops(TestBot bot, int count)
    {
        await bot.Execute(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
            INSERT INTO shops (id, slug, name, client_id, is_active, ozon_api_key, price_updating, shipper_api_key, vendor_name)
                SELECT i, 's' || i, 'Shop ' || i, '', FALSE, 'key-' || i, FALSE, '', '' FROM n;
            INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, shop_id) SELECT 1, id FROM shops WHERE id > 1
            """);
        await Until(bot, count, "SELECT count(*) FROM marketbot_known_shops");
    }

    private protected static int Told(Actor person, string text) =>
        person.Person.Chat.Messages.Count(m => m.FromBot && m.Text.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits until a look has ended that began after this.</summary>
    private protected static async Task HasLooked(TestBot bot)
    {
        var looks = bot.Log.Count(IsLook);
        await bot.TimePassesUntil(() => bot.Log.Count(IsLook) > looks + 1, Ct);
    }

    /// <summary>Lets the bot look three times, which takes half a minute on its clock, and everything be sent that is due by then.</summary>
    private protected static async Task Looks(TestBot bot)
    {
        for (var i = 0; i < 3; i++)
        {
            var looks = bot.Log.Count(IsLook);
            await bot.TimePassesUntil(() => bot.Log.Count(IsLook) > looks, Ct);
        }

        await Until(bot, 0, "SELECT count(*) FROM marketbot_outbox");
    }

    private static bool IsLook(string line) => line.Contains("Looked at what others have changed", StringComparison.Ordinal);

    private static Task Sees(TestBot bot, Actor person, string text) => bot.TimePassesUntil(() => Told(person, text) > 0, Ct, text);

    private protected static Task Until(TestBot bot, long expected, string sql) =>
        bot.TimePassesUntil(async () => await bot.Value<long>(sql) == expected, Ct, $"{expected} from {sql}");

    /// <summary>The bot's clock; in a short pause of somebody else's, something happens.</summary>
    private sealed class Meanwhile : TimeProvider
    {
        private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(3);
        private TimeProvider _clock = System;

        public Func<Task>? InNextPause { get; set; }

        public Meanwhile On(IServiceCollection services)
        {
            _clock =
                (TimeProvider)services.First(s => s.ServiceType == typeof(TimeProvider) && s.ImplementationInstance is ShiftedTime).ImplementationInstance!;
            return this;
        }

        public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

        public override long GetTimestamp() => _clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Short && InNextPause is { } happens)
            {
                InNextPause = null;
                happens().GetAwaiter().GetResult();
            }

            return _clock.CreateTimer(callback, state, dueTime, period);
        }
    }
}

/// <summary><see cref="WatchTests"/> on PostgreSQL, where several transactions write at once.</summary>
[OnPostgres]
public sealed class WatchTestsOnPostgres : WatchTests
{
    [Fact]
    public async Task R50_a_switch_that_was_under_way_during_later_ones_is_not_taken_for_the_sites()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await HasLooked(bot);
        await using var slow = await OtherTransaction.Begin(bot, Switch(bot, isOn: true));

        await bot.Execute($"INSERT INTO marketbot_audit (at, actor, action) VALUES ({Now(bot)}, 1002, 'SignOut')");
        await Looks(bot);
        await slow.Commit();
        await Looks(bot);

        Assert.Equal(0, Told(anna, "UTC"));
    }

    [Fact]
    public async Task R50_a_switch_that_was_under_way_when_its_shop_became_known_is_not_taken_for_the_sites()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await HasLooked(bot);
        await using var slow = await OtherTransaction.Begin(bot, Switch(bot, isOn: true));

        await bot.Execute(
            $"INSERT INTO marketbot_audit (at, actor, action, shop_id) VALUES ({Now(bot)}, 1002, 'BindShop', 1); DELETE FROM marketbot_known_shops");
        await Looks(bot);
        await slow.Commit();
        await Looks(bot);

        Assert.Equal(0, Told(anna, "UTC"));
    }

    [Fact]
    public async Task R50_a_switch_made_in_the_middle_of_a_look_is_not_taken_for_the_sites()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await HasLooked(bot);
        await bot.Execute(Switch(bot, isOn: true));
        await using var seller = await OtherTransaction.Begin(bot, "SELECT");
        await using (await OtherTransaction.Begin(bot, $"SELECT pg_advisory_xact_lock({PostgresProvider.LockClass}, hashtext('Watch'))"))
        {
            await Until(bot, 1, OtherTransaction.Waiting);
            await seller.Execute("LOCK TABLE marketbot_audit");
        }

        await bot.Becomes(1, "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'marketbot_audit'::regclass", Ct);
        await seller.Execute(Switch(bot, isOn: false));
        await seller.Commit();
        await Looks(bot);

        Assert.Equal(0, Told(anna, "UTC"));
    }

    private static string Switch(TestBot bot, bool isOn) =>
        $"""
        UPDATE shops SET is_active = {isOn} WHERE id = 1;
        INSERT INTO marketbot_audit (at, actor, action, shop_id, after) VALUES ({Now(bot)}, 1001, 'ToggleShopActive', 1, '{(isOn ? "on" : "off")}')
        """;

    private static long Now(TestBot bot) => bot.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
