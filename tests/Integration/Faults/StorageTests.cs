using System.Globalization;
using MarketBot.Infrastructure.Persistence.Sqlite;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>When the database is locked, full, or changed by somebody else, and when the clock jumps.</summary>
public class StorageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("WAL", "IMMEDIATE", 10)]
    [InlineData("DELETE", "IMMEDIATE", 10)]
    [InlineData("DELETE", "EXCLUSIVE", 10)]
    [InlineData("DELETE", "EXCLUSIVE", 20)]
    public async Task R27_a_foreign_program_that_holds_the_lock_is_waited_for_and_nobody_sees_it(string journal, string kind, int seconds)
    {
        await using var bot = await TestBot.Start(Ct, afterUpgrade: $"PRAGMA journal_mode = {journal}");
        var people = new List<Actor>();
        for (var i = 1; i <= 8; i++)
        {
            await bot.AddShop($"Shop {i}", $"k-{i}");
            people.Add(await bot.Seller(1000 + i, $"k-{i}"));
        }

        await bot.Restart(Ct); // The commands that added the shops have set WAL again.
        Assert.Equal(journal.ToLowerInvariant(), await bot.Value<string>("PRAGMA journal_mode"));
        var released = await SqliteFile.LockFor(bot.DatabaseFile, TimeSpan.FromSeconds(seconds), kind);
        var presses = people.Select((p, i) => p.Person.PressData(p.Screen, string.Create(CultureInfo.InvariantCulture, $"on:{i + 1}:1:1:1:"))).ToList();
        await Task.WhenAll(presses.Select(p => p.Answered)).WaitAsync(Patience.Limit, Ct);
        await released;
        await bot.Settles(Ct);

        Assert.Equal(8, await bot.Value<long>("SELECT sum(is_active) FROM shops"));
        Assert.Empty(bot.Errors);
        Assert.All(people, p => Assert.DoesNotContain(p.Person.Chat.Messages, m => m.Text.Contains("Что-то пошло не так", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task R29_while_the_disk_is_full_everything_waits_and_then_goes_on()
    {
        var disk = new SmallDisk();
        await using var bot = await TestBot.Start(
            Ct, replace: services => services.ConfigureDbContext<SqliteMarketBotContext>(options => options.AddInterceptors(disk)));
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        var screen = anna.Screen;

        disk.IsFull = true;
        var presses = Enumerable.Range(0, 100).Select(i => anna.Person.PressData(screen, $"on:1:{(i + 1) % 2}:1:1:")).ToList();
        await bot.Logs("SQLite Error 13", Ct);
        disk.IsFull = false;
        await Task.WhenAll(presses.Select(p => p.Answered)).WaitAsync(Patience.Limit, Ct);
        await bot.Settles(Ct);

        Assert.Equal("ok", await bot.Value<string>("PRAGMA integrity_check"));
        Assert.Equal(0, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.Equal(100, await bot.Value<long>("SELECT count(*) FROM marketbot_audit WHERE action = 'ToggleShopActive'"));
        Assert.Empty(bot.Errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task R30_a_clock_that_jumps_an_hour_changes_nothing_for_anybody(int hours)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");

        await anna.Forges(anna.Screen, "on:1:1:1:1:");
        bot.Time.Forward(TimeSpan.FromHours(hours));
        await anna.Forges(anna.Screen, "on:1:0:1:1:");
        await bot.Restart(Ct);
        bot.Time.Forward(TimeSpan.FromHours(-hours));
        await anna.Forges(anna.Screen, "on:1:1:1:1:");
        await anna.Says("/sign_out");
        await anna.Presses(Words.Ru.Seller);
        await anna.Says("k-1");
        await bot.Settles(Ct);

        Assert.Equal(3, await bot.Value<long>("SELECT count(*) FROM marketbot_audit WHERE action = 'ToggleShopActive'"));
        Assert.Equal(Words.Ru.SellerMenu, anna.Rows);
        Assert.Empty(bot.Errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task R30_when_the_clock_is_put_back_an_hour_no_message_waits_for_it(bool wasTried)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await bot.Settles(Ct);
        if (wasTried)
            bot.Telegram.World.Faults.Next(Fault.Status(500), "sendMessage");
        else
            await bot.StopHost();
        await bot.Execute(
            $"INSERT INTO marketbot_outbox (chat_id, name, notice, created_at, due_at, tries, uncertain_sends) VALUES (1001, 'n', 'Activated', "
            + $"{bot.Time.GetUtcNow().ToUnixTimeMilliseconds()}, {bot.Time.GetUtcNow().ToUnixTimeMilliseconds()}, 0, 0)");
        if (wasTried)
            await bot.Becomes(1, "SELECT count(*) FROM marketbot_outbox WHERE waits_since IS NOT NULL", Ct);

        bot.Time.Forward(TimeSpan.FromHours(-1));
        if (!wasTried)
            await bot.StartHost(Ct);

        await anna.Hears("подписка действует");
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);
        Assert.Single(anna.Person.Chat.Messages, m => m.Text.Contains("подписка действует", StringComparison.Ordinal));
    }

    [Fact]
    public async Task R50_what_Django_changes_is_seen_at_the_next_tap()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Presses(Words.Ru.MyShops);
        await anna.Presses("⏸ Nuts");
        var card = anna.Screen;
        var seen = new List<string>();

        foreach (var change in new[] { "is_active = 0", "is_active = 1, is_banned = 1", "is_banned = 0, is_logged_out = 1", "is_logged_out = 0" })
        {
            await bot.Execute($"UPDATE tg_bot_telegramuser SET {change}");
            await anna.Forges(card, "on:1:1:1:1:");
            seen.Add(card.Text);
        }

        var switched = await bot.Value<long>("SELECT is_active FROM shops");
        await bot.Execute("DELETE FROM tg_bot_telegramuser_shops; DELETE FROM shops");
        await anna.Forges(card, "on:1:0:1:1:");

        Assert.Contains("Подписка не действует", seen[0], StringComparison.Ordinal);
        Assert.Contains("заблокирован", seen[1], StringComparison.Ordinal);
        Assert.Contains("Кто вы?", seen[2], StringComparison.Ordinal);
        Assert.Contains("Nuts", seen[3], StringComparison.Ordinal);
        Assert.Equal(1, switched);
        Assert.Contains("больше нет в вашем списке", card.Text, StringComparison.Ordinal);
        Assert.Empty(bot.Errors);
    }

    /// <summary>
    /// A disk on which the database cannot grow (sqlite.org/pragma.html#pragma_max_page_count). What a command saves may find room in pages that are
    /// free in the file, so a row that fits into none of them is saved with it.
    /// </summary>
    private sealed class SmallDisk : SaveChangesInterceptor
    {
        public volatile bool IsFull;

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            var database = eventData.Context!.Database;
            await database.ExecuteSqlRawAsync(IsFull ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000", cancellationToken);
            if (IsFull)
            {
                await database.ExecuteSqlAsync(
                    $"INSERT INTO marketbot_audit (at, action, after) VALUES (0, 'filler', hex(zeroblob(1000000)))", cancellationToken);
            }

            return result;
        }
    }
}
