using MarketBot.Application.Administration;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Presentation.Bot.CommandLine;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>
/// The conditions that delivery stands on, each met by the race it is for: what another process did between reading and writing is done here, in so many words.
/// Taken out of its statement, each condition makes a test of these fail.
/// </summary>
public class FenceTests : IAsyncLifetime
{
    private const long Anna = 1001;
    private const string Effect = "INSERT INTO marketbot_audit (at, action) VALUES (0, 'effect')";
    private static readonly byte[] Reply = [1, 2, 3];
    private readonly string _folder = Directory.CreateTempSubdirectory("marketbot-test-").FullName;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected TestDatabase Database { get; private set; } = null!;

    protected ServiceProvider Services { get; private set; } = null!;

    private IInbox Inbox => Services.GetRequiredService<IInbox>();

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.ForBot(Path.Combine(_folder, "marketbot.db"), Ct);
        await using var output = new StringWriter();
        var code = await new CommandTree(output, output, TextReader.Null)
            .Run(["db", "upgrade", .. Database.Configuration.Select(c => $"--{c.Key}={c.Value}")], Ct);
        Assert.True(code == 0, output.ToString());
        Services = Process();
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public async Task Of_two_that_handled_an_update_the_second_leaves_nothing_behind(long? epoch)
    {
        var id = await Stored(1);
        await Apply(id, epoch);

        await Assert.ThrowsAsync<AlreadyAppliedException>(() => Apply(id, epoch));

        Assert.Equal((1L, 1L), (await Effects(), await StateOf(id)));
    }

    [Theory]
    [InlineData("state = 2")]
    [InlineData("state = 3")]
    public async Task What_is_over_or_a_dead_letter_is_not_applied(string end)
    {
        var id = await Stored(1);
        await Database.Execute($"UPDATE marketbot_inbox SET {end}");

        await Assert.ThrowsAsync<AlreadyAppliedException>(() => Apply(id, null));

        Assert.Equal(0, await Effects());
    }

    [Fact]
    public async Task An_effect_is_not_committed_when_the_lane_has_changed_hands_since_the_update_was_read()
    {
        var id = await Stored(1);
        await ChangeHands();

        await Assert.ThrowsAsync<AlreadyAppliedException>(() => Apply(id, epoch: 0));

        Assert.Equal((0L, 0L), (await Effects(), await StateOf(id)));
        await Apply(id, epoch: 1);
        Assert.Equal((1L, 1L), (await Effects(), await StateOf(id)));
    }

    [Fact]
    public async Task An_effect_is_not_committed_under_the_epoch_of_another_slot()
    {
        var id = await Stored(1);
        await Database.Execute($"UPDATE marketbot_leases SET epoch = 7 WHERE name = '{InstanceLeases.NameOf(LaneSlot.Of(Anna) + 1)}'");

        await Assert.ThrowsAsync<AlreadyAppliedException>(() => Apply(id, epoch: 7));

        Assert.Equal(0, await Effects());
    }

    [Fact]
    public async Task An_update_that_seemed_to_have_no_effect_does_not_end_when_another_process_has_applied_it()
    {
        var id = await Stored(1);
        await Apply(id, null);

        Inbox.End(id, InboxState.New);
        await Inbox.Flush(Ct);

        Assert.Equal((1L, true), (await StateOf(id), (await Inbox.Look(id, Ct))?.IsApplied));
        Assert.Equal(Reply, (await Inbox.Look(id, Ct))?.Reply);
    }

    [Fact]
    public async Task An_update_that_seemed_to_be_applied_does_not_end_while_it_is_new()
    {
        var id = await Stored(1);

        Inbox.End(id, InboxState.Applied);
        await Inbox.Flush(Ct);

        Assert.Equal((0L, 1L), (await StateOf(id), await Database.Value<long>("SELECT count(*) FROM marketbot_inbox WHERE payload IS NOT NULL")));
    }

    [Fact]
    public async Task A_dead_letter_stays_one_whatever_ends()
    {
        var id = await Stored(1);
        await Inbox.Bury(id, "poison", Ct);

        Inbox.End(id, InboxState.New);
        Inbox.End(id, InboxState.Applied);
        await Inbox.Flush(Ct);

        Assert.Equal(3, await StateOf(id));
    }

    [Fact]
    public async Task What_has_been_applied_meanwhile_is_not_buried()
    {
        var id = await Stored(1);
        await Apply(id, null);

        var isBuried = await Inbox.Bury(id, "poison", Ct);
        var isBuriedWithoutContent = await Inbox.BuryWithoutContent(id, "poison", Waiting("secret"), Ct);

        Assert.Equal((false, false, 1L), (isBuried, isBuriedWithoutContent, await StateOf(id)));
        Assert.Equal(Reply, (await Inbox.Look(id, Ct))?.Reply);
        Assert.Equal(0, await Database.Value<long>("SELECT count(*) FROM marketbot_outbox"));
    }

    [Fact]
    public async Task Nothing_but_a_dead_letter_is_replayed()
    {
        var (fresh, applied, done, dead) = (await Stored(1), await Stored(2), await Stored(3), await Stored(4));
        await Apply(applied, null);
        Inbox.End(done, InboxState.New);
        await Inbox.Flush(Ct);
        await Inbox.Bury(dead, "poison", Ct);

        var answers = new List<string?>();
        foreach (var id in (long[])[fresh, applied, done, dead])
            answers.Add(await Replay(id));

        Assert.Equal([DeliveryRefusals.NoSuchUpdate.Code, DeliveryRefusals.NoSuchUpdate.Code, DeliveryRefusals.NoSuchUpdate.Code, null], answers);
        Assert.Equal(
            ["1:0", "2:1", "3:2", "4:0"],
            await Database.Column("SELECT CAST(update_id AS text) || ':' || CAST(state AS text) FROM marketbot_inbox ORDER BY update_id"));
    }

    [Fact]
    public async Task A_dead_letter_that_an_earlier_version_had_applied_is_not_replayed()
    {
        var id = await Stored(1);
        await Apply(id, null);
        await Database.Execute("UPDATE marketbot_inbox SET state = 3, reason = 'poison', ended_at = 0");

        Assert.Equal(DeliveryRefusals.AlreadyApplied.Code, await Replay(id));

        Assert.Equal(3, await StateOf(id));
    }

    [Fact]
    public async Task An_update_is_stored_once_whichever_process_and_batch_it_comes_in()
    {
        await using var other = Process();
        var inboxes = new[] { Inbox, other.GetRequiredService<IInbox>() };

        var places = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => inboxes[i % 2].Store([Arrived(1), Arrived(1), Arrived(2)], Ct)));

        Assert.Equal(2, places.SelectMany(p => p).Count(place => place is not null));
        Assert.Equal(2, await Database.Value<long>("SELECT count(*) FROM marketbot_inbox"));
    }

    [Fact]
    public async Task Another_bots_update_of_the_same_number_is_another_update()
    {
        await using var other = Process("2:a");
        await Stored(1);

        Assert.NotNull(Assert.Single(await other.GetRequiredService<IInbox>().Store([Arrived(1)], Ct)));
    }

    [Fact]
    public async Task Of_two_that_read_a_message_of_the_outbox_one_sends_it()
    {
        var message = await Queued("a");

        var first = await With<IOutbox, OutboxMessage?>(o => o.Sending(message, Ct));
        var second = await With<IOutbox, OutboxMessage?>(o => o.Sending(message, Ct));

        Assert.NotNull(first);
        Assert.Null(second);
        Assert.Equal(1, await Database.Value<long>("SELECT tries FROM marketbot_outbox"));
    }

    [Theory]
    [InlineData("sent")]
    [InlineData("postponed")]
    [InlineData("buried")]
    public async Task How_an_earlier_try_went_says_nothing_about_a_message_that_somebody_else_tries_now(string how)
    {
        var message = await Queued("a");
        var first = (await With<IOutbox, OutboxMessage?>(o => o.Sending(message, Ct)))!;
        var again = await With<IOutbox, OutboxMessage?>(o => o.Sending(first, Ct));

        await Ends(first, how);

        Assert.NotNull(again);
        Assert.Equal(
            1, await Database.Value<long>(
                $"SELECT count(*) FROM marketbot_outbox WHERE tries = 2 AND uncertain_sends = 2 AND waits_since IS NULL AND reason IS NULL AND id = "
                + $"{message.Id}"));
    }

    [Theory]
    [InlineData("sent")]
    [InlineData("postponed")]
    [InlineData("buried")]
    public async Task How_an_older_screen_was_sent_says_nothing_about_the_newer_one_that_took_its_place(string how)
    {
        var sending = (await With<IOutbox, OutboxMessage?>(async o => await o.Sending(await Queued("a"), Ct)))!;
        await With<IOutbox, bool>(async o =>
        {
            await o.Renew(Waiting("a") with { Content = [9] }, Ct);
            return true;
        });

        await Ends(sending, how);

        Assert.Equal([9], Assert.Single(await Due()).Reply);
    }

    [Fact]
    public async Task Renewing_touches_neither_a_dead_message_nor_one_of_another_name_and_adds_none()
    {
        var dead = await Queued("a");
        await With<IOutbox, bool>(async o =>
        {
            await o.Bury((await o.Sending(dead, Ct))!, "Telegram refused it.", Ct);
            await o.Add(Waiting("b"), Ct);
            await o.Renew(Waiting("a") with { Content = [9] }, Ct);
            await o.Renew(Waiting("c") with { Content = [9] }, Ct);
            return true;
        });

        Assert.Equal(Reply, Assert.Single(await Due()).Reply);
        Assert.Equal(1, await Database.Value<long>("SELECT count(*) FROM marketbot_outbox WHERE reason IS NOT NULL AND tries = 1"));
        Assert.Equal(2, await Database.Value<long>("SELECT count(*) FROM marketbot_outbox"));
    }

    protected ServiceProvider Process(string token = "1:a") => new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
        .AddInfrastructure(new DatabaseOptions(Database.Kind, Database.ConnectionString), token, null, 64)
        .AddScoped<Caller>().AddScoped<ICaller>(s => s.GetRequiredService<Caller>()).BuildServiceProvider();

    protected async Task<long> Stored(long update) => (await Inbox.Store([Arrived(update)], Ct)).Single()!.Value;

    protected Task ChangeHands() =>
        Database.Execute($"UPDATE marketbot_leases SET epoch = epoch + 1 WHERE name = '{InstanceLeases.NameOf(LaneSlot.Of(Anna))}'");

    protected Task<long> Effects() => Database.Value<long>("SELECT count(*) FROM marketbot_audit");

    protected Task<long> StateOf(long id) => Database.Value<long>($"SELECT state FROM marketbot_inbox WHERE id = {id}");

    /// <summary>Has an effect and commits it with the update's state, as the engine does after handling; something may happen between the two.</summary>
    protected Task Apply(long id, long? epoch, Func<Task>? between = null) => With<IUpdateTransaction, bool>(async (work, scope) =>
    {
        await work.Begin(Ct);
        await scope.GetRequiredService<MarketBotContext>().Database.ExecuteSqlRawAsync(Effect, Ct);
        if (between is not null)
            await between();
        return await work.Commit(new AppliedUpdate(id, Anna, new Lease(epoch), () => Reply), Ct);
    });

    /// <returns>The refusal's code; null where it was replayed.</returns>
    protected Task<string?> Replay(long id) => With<IUnitOfWork, string?>(async (work, scope) =>
    {
        await work.Begin(Ct);
        var replayed = await scope.GetRequiredService<IInboxAdministration>().Replay(id, Ct);
        if (replayed.Refusal is { } refusal)
            return refusal.Code;
        if (await work.Save(Ct) is { } conflict)
            return conflict.Code;
        await work.Commit(Ct);
        return null;
    });

    private static ArrivedUpdate Arrived(long update) => new(update, Anna, new byte[] { 7 });

    private static WaitingReply Waiting(string name) => new(new TelegramId(Anna), name, Reply);

    private Task<bool> Ends(OutboxMessage message, string how) => With<IOutbox, bool>(async o =>
    {
        await (how switch
        {
            "sent" => o.Sent(message, Ct),
            "postponed" => o.Postpone(message, TimeSpan.FromHours(1), false, Ct),
            _ => o.Bury(message, "Telegram refused it.", Ct),
        });
        return true;
    });

    /// <summary>Read apart from the outbox's own share of slots: whose turn a chat is, is another question.</summary>
    private async Task<OutboxMessage> Queued(string name)
    {
        await With<IOutbox, bool>(async o =>
        {
            await o.Add(Waiting(name), Ct);
            return true;
        });
        return Assert.Single(await Due());
    }

    private Task<List<OutboxMessage>> Due() => With<MarketBotContext, List<OutboxMessage>>(async (context, scope) =>
    {
        var cipher = scope.GetRequiredService<PayloadCipher>();
        var rows = await context.Outbox.AsNoTracking().Where(r => r.Reason == null).ToListAsync(Ct);
        return rows.ConvertAll(r => new OutboxMessage(r.Id, r.ChatId, null, default!, cipher.Decrypt(r.Reply!), r.Tries, r.UncertainSends));
    });

    private Task<T> With<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull => With<TService, T>((service, _) => work(service));

    private async Task<T> With<TService, T>(Func<TService, IServiceProvider, Task<T>> work)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>(), scope.ServiceProvider);
    }
}

/// <summary><see cref="FenceTests"/> on PostgreSQL, where two transactions can be open at once.</summary>
[OnPostgres]
public sealed class FenceTestsOnPostgres : FenceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public async Task Whoever_waits_for_another_that_applies_the_same_update_leaves_nothing_behind(long? epoch)
    {
        var id = await Stored(1);
        await using var other = await OtherTransaction.Begin(Database, $"UPDATE marketbot_inbox SET state = 1 WHERE id = {id}");

        var late = Apply(id, epoch);
        await OtherTransaction.KeepsWaiting(Database, 1, Ct);
        await other.Commit();

        await Assert.ThrowsAsync<AlreadyAppliedException>(() => late);
        Assert.Equal((0L, 1L), (await Effects(), await StateOf(id)));
    }

    [Fact]
    public async Task An_effect_is_not_committed_when_the_lane_changes_hands_while_it_is_written()
    {
        var id = await Stored(1);

        await Assert.ThrowsAsync<AlreadyAppliedException>(() => Apply(id, epoch: 0, between: ChangeHands));

        Assert.Equal((0L, 0L), (await Effects(), await StateOf(id)));
    }

    [Theory]
    [InlineData("UPDATE marketbot_inbox SET state = 2, payload = NULL")]
    [InlineData("DELETE FROM marketbot_inbox")]
    public async Task A_dead_letter_that_somebody_else_drops_or_replays_meanwhile_is_not_replayed(string meanwhile)
    {
        var id = await Stored(1);
        await Services.GetRequiredService<IInbox>().Bury(id, "poison", Ct);
        await using var other = await OtherTransaction.Begin(Database, meanwhile);

        var late = Replay(id);
        await OtherTransaction.KeepsWaiting(Database, 1, Ct);
        await other.Commit();

        Assert.Equal(DeliveryRefusals.NoSuchUpdate.Code, await late);
        Assert.Equal(0, await Database.Value<long>("SELECT count(*) FROM marketbot_inbox WHERE state < 2"));
    }
}
