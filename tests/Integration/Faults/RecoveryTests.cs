using System.Diagnostics;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>Repeated and late messages do not spoil newer ones.</summary>
public class RecoveryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_older_screen_that_waited_does_not_overwrite_a_newer_one()
    {
        var gate = new Gate();
        await using var bot = await TestBot.Start(Ct, replace: services => HoldOutbox(services, gate));
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        bot.Telegram.World.Faults.Next(Fault.Status(502), "editMessageText", times: 3);
        anna.Fires("on:1:1:1:1:");
        await bot.Becomes(1, "SELECT count(*) FROM marketbot_outbox", Ct);

        await anna.Forges(anna.Screen, "on:1:0:1:1:");
        var newest = anna.Sees;
        gate.IsOpen = true;
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);

        Assert.Equal(newest, anna.Sees);
        Assert.Equal(0, await bot.Value<long>("SELECT is_active FROM shops"));
    }

    [Fact]
    public async Task A_screen_that_became_old_while_it_was_about_to_be_sent_is_not_sent()
    {
        var (isDue, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var bot = await TestBot.Start(
            Ct, replace: services => services.AddTransient<IOutbox>(s => new SlowOutbox(ActivatorUtilities.CreateInstance<Outbox>(s), isDue, goesOn.Task)));
        var (anna, off) = await SellerWhoSees(bot, "on:1:0:1:1:");
        bot.Telegram.World.Faults.Next(Fault.Status(502), "editMessageText", times: 6);
        anna.Fires("on:1:1:1:1:");
        await isDue.Task.WaitAsync(Ct);

        anna.Fires("on:1:0:1:1:");
        await bot.Settles(Ct);
        goesOn.SetResult();
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);

        Assert.Equal(off, anna.Sees);
    }

    [Fact]
    public async Task A_screen_that_waited_does_not_overwrite_a_newer_one_whose_press_is_not_answered_yet()
    {
        var gate = new Gate();
        await using var bot = await TestBot.Start(Ct, replace: services => HoldOutbox(services, gate));
        var (anna, _) = await SellerWhoSees(bot, "on:1:0:1:1:");
        bot.Telegram.World.Faults.Next(Fault.Status(502), "editMessageText", times: 3);
        anna.Fires("on:1:1:1:1:");
        await bot.Becomes(1, "SELECT count(*) FROM marketbot_outbox", Ct);
        await bot.Settles(Ct);

        bot.Telegram.World.Faults.Next(Fault.Hang, "answerCallbackQuery");
        var edits = anna.Screen.Edits;
        anna.Fires("price:1:1:1:1:");
        await bot.FaultsHappened(Ct);
        await bot.Telegram.World.Until(() => anna.Screen.Edits > edits, Ct);
        var newest = anna.Sees;
        gate.IsOpen = true;
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);

        Assert.Equal(newest, anna.Sees);
    }

    [Fact]
    public async Task Of_many_screens_that_could_not_be_shown_the_last_one_is()
    {
        var gate = new Gate();
        await using var bot = await TestBot.Start(Ct, replace: services => HoldOutbox(services, gate));
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Forges(anna.Screen, "on:1:1:1:1:");
        var on = anna.Sees;
        bot.Telegram.World.Faults.Next(Fault.Status(429, retryAfter: 3), "editMessageText");
        anna.Fires("on:1:0:1:1:", "on:1:1:1:1:", "on:1:0:1:1:", "on:1:1:1:1:");
        await bot.Settles(Ct);
        var waiting = await bot.Value<long>("SELECT count(*) FROM marketbot_outbox");
        var edits = anna.Screen.Edits;

        gate.IsOpen = true;
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);

        Assert.Equal((1, on), (waiting, anna.Sees));
        Assert.InRange(anna.Screen.Edits - edits, 0, 1);
    }

    [Fact]
    public async Task R7_a_reply_that_may_have_arrived_twice_is_not_sent_a_third_time()
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001);
        await anna.Says("/start");
        bot.Telegram.World.Faults.Next(Fault.CutAfter, "sendMessage", times: 3);

        anna.Person.Send("/help");
        await bot.Becomes(1, "SELECT count(*) FROM marketbot_outbox WHERE reason IS NOT NULL", Ct);

        Assert.Equal(1 + 2, anna.MessagesFromBot);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_still_deletes_the_secret_and_shows_its_reply()
    {
        var lost = new Gate();
        await using var bot = await TestBot.Start(
            Ct, replace: services => services.AddScoped<IUpdateTransaction>(s => new LostAnswer(ActivatorUtilities.CreateInstance<UnitOfWork>(s), lost)));
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001);
        await anna.Says("/start");
        await anna.Presses(Words.Ru.Seller);
        lost.IsOpen = true;

        var key = anna.Person.Send("k-1");
        await anna.AnswerTo(key);
        await bot.Settles(Ct);

        Assert.False(lost.IsOpen);
        Assert.True(key.IsDeleted);
        Assert.StartsWith("✅", anna.Sees, StringComparison.Ordinal);
        Assert.Equal(Words.Ru.SellerMenu, anna.Rows);
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM marketbot_audit WHERE update_id IS NOT NULL"));
    }

    [Fact]
    public async Task A_group_is_told_also_when_the_answer_to_the_commit_was_lost()
    {
        var lost = new Gate();
        await using var bot = await TestBot.Start(
            Ct, replace: services => services.AddScoped<IUpdateTransaction>(s => new LostAnswer(ActivatorUtilities.CreateInstance<UnitOfWork>(s), lost)));
        var anna = bot.Person(1001);
        var group = bot.Telegram.World.AddGroup(-500, "Sellers");
        await anna.Says("/start");
        lost.IsOpen = true;

        anna.Person.SendTo(group, "/start");
        await bot.Settles(Ct);

        Assert.False(lost.IsOpen);
        Assert.Single(group.Chat.Messages, m => m.FromBot);
    }

    [Fact]
    public async Task An_apology_does_not_take_the_place_of_the_reply_that_follows_it()
    {
        var (gate, fails) = (new Gate(), new Gate());
        await using var bot = await TestBot.Start(Ct, replace: services => HoldOutbox(services, gate)
            .AddTransient<IAudit>(s => new FailingAudit(ActivatorUtilities.CreateInstance<Audit>(s), fails)));
        await bot.AddShop("Nuts", "k-1");
        await bot.AddShop("Tea", "k-2");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Presses(Words.Ru.AddShop);
        fails.IsOpen = true;
        bot.Telegram.World.Faults.Next(Fault.Status(502), "sendMessage", times: 2);

        anna.Person.Send("k-2");
        await bot.Becomes(2, "SELECT count(*) FROM marketbot_outbox", Ct);
        gate.IsOpen = true;
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);

        Assert.Equal(2, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops"));
        Assert.Contains("Tea", anna.Person.Chat.LastFromBot!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apology_speaks_the_language_that_was_chosen()
    {
        var fails = new Gate();
        await using var bot = await TestBot.Start(
            Ct, replace: services => services.AddTransient<IAudit>(s => new FailingAudit(ActivatorUtilities.CreateInstance<Audit>(s), fails)));
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Says("/language");
        await anna.Presses("English");
        fails.IsOpen = true;

        anna.Fires("on:1:1:1:1:");

        Assert.Contains("Something went wrong", (await anna.Hears("went wrong")).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_attempt_at_a_secret_that_goes_on_after_its_time_ends_all_the_same()
    {
        await using var bot = await TestBot.Start(Ct);
        var reserved = await Reserve(bot);
        bot.Time.Forward(TimeSpan.FromMinutes(16));

        var again = await Reserve(bot).WaitAsync(Patience.Limit, Ct);

        Assert.Equal((null, null), (reserved, again));
    }

    [Fact]
    public async Task A_call_that_hangs_while_somebody_waits_holds_up_neither_them_nor_anybody_else()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddAccount("chief", "right horse");
        var chief = bot.Person(1001);
        await chief.Says("/start");
        await chief.Presses(Words.Ru.Administrator);
        await chief.Says("chief");
        await bot.Execute(
            $"""
            WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 20)
            INSERT INTO marketbot_throttles (limit_name, subject, update_id, at, pending_until)
            SELECT 'account_passwords', subject, -value,
                {bot.Time.GetUtcNow().ToUnixTimeMilliseconds()}, {bot.Time.GetUtcNow().AddMinutes(2).ToUnixTimeMilliseconds()}
            FROM (SELECT '{bot.Service<MarketBot.Infrastructure.Security.AccountNameHash>().Of("chief")}' AS subject), n
            """);
        bot.Telegram.World.Faults.Next(Fault.Hang, "sendChatAction");
        var typed = chief.Person.Send("right horse");
        await bot.FaultsHappened(Ct);

        var started = Stopwatch.GetTimestamp();
        await bot.Execute("DELETE FROM marketbot_throttles WHERE update_id < 0");
        await chief.AnswerTo(typed);

        Assert.True(typed.IsDeleted);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_report_group_that_took_the_bot_in_again_is_reported_to_again()
    {
        await using var bot = await TestBot.Start(Ct, new Dictionary<string, string?> { ["Bot:ReportChatId"] = "-500" });
        await bot.AddShop("Nuts", "k-1");
        await bot.AddShop("Tea", "k-2");
        await bot.Execute("UPDATE shops SET ozon_api_key = 'k-1'");
        var anna = bot.Person(1001);
        var group = bot.Telegram.World.AddGroup(-500, "Reports");
        group.KickBot(anna.Person);
        await bot.Becomes(1, "SELECT count(*) FROM marketbot_reachability", Ct);
        group.AddBot(anna.Person);
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_reachability", Ct);

        await anna.Says("/start");
        await anna.Presses(Words.Ru.Seller);
        await anna.Says("k-1");

        await bot.Telegram.World.Until(() => group.Chat.Messages.Any(m => m.FromBot), Patience.Limit, Ct);
    }

    private static async Task<(Actor Seller, string Screen)> SellerWhoSees(TestBot bot, string pressed)
    {
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Forges(anna.Screen, pressed);
        return (anna, anna.Sees);
    }

    private static IServiceCollection HoldOutbox(IServiceCollection services, Gate gate) =>
        services.AddTransient<IOutbox>(s => new HeldOutbox(ActivatorUtilities.CreateInstance<Outbox>(s), gate));

    private static async Task<Refusal?> Reserve(TestBot bot)
    {
        await using var scope = bot.Service<IServiceScopeFactory>().CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Caller>().Identify(new TelegramProfile(new TelegramId(1001), "Anna"), 5, Ct);
        return await scope.ServiceProvider.GetRequiredService<IThrottle>().Reserve(SecretKind.ShopKey, null, Ct);
    }

    private sealed class Gate
    {
        public volatile bool IsOpen;
    }

    /// <summary>Nothing leaves it until its gate is open.</summary>
    private sealed class HeldOutbox(IOutbox outbox, Gate gate) : OutboxDecorator(outbox)
    {
        public override Task<IReadOnlyList<OutboxMessage>> ReadDue(int count, IReadOnlyCollection<TelegramId> except, CancellationToken ct) =>
            gate.IsOpen ? base.ReadDue(count, except, ct) : Task.FromResult<IReadOnlyList<OutboxMessage>>([]);
    }

    /// <summary>Says when it is about to send, and waits before it is.</summary>
    private sealed class SlowOutbox(IOutbox outbox, TaskCompletionSource isDue, Task goesOn) : OutboxDecorator(outbox)
    {
        public override async Task<OutboxMessage?> Sending(OutboxMessage message, CancellationToken ct)
        {
            isDue.TrySetResult();
            await goesOn;
            return await base.Sending(message, ct);
        }
    }

    /// <summary>Fails once while its gate is open.</summary>
    private sealed class FailingAudit(IAudit audit, Gate gate) : IAudit
    {
        public void Record(Change change)
        {
            if (gate.IsOpen)
            {
                gate.IsOpen = false;
                throw new InvalidOperationException("This is planned.");
            }

            audit.Record(change);
        }
    }

    /// <summary>Commits an effect, but the answer to that never comes, once while its gate is open.</summary>
    private sealed class LostAnswer(UnitOfWork work, Gate gate) : IUpdateTransaction, IAsyncDisposable
    {
        public bool LeavesSync { get => work.LeavesSync; set => work.LeavesSync = value; }

        public Task Begin(CancellationToken ct) => work.Begin(ct);

        public Task<Refusal?> Save(CancellationToken ct) => work.Save(ct);

        public Task Discard(CancellationToken ct) => work.Discard(ct);

        public Task<bool> Commit(CancellationToken ct) => work.Commit(ct);

        public async Task<bool> Commit(AppliedUpdate applied, CancellationToken ct)
        {
            var isWritten = await work.Commit(applied, ct);
            if (!isWritten || !gate.IsOpen)
                return isWritten;

            gate.IsOpen = false;
            throw new SqliteException("This is planned: the disk did not answer.", 10);
        }

        public ValueTask DisposeAsync() => work.DisposeAsync();
    }
}
