using System.Diagnostics;
using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>A process whose turn at a lane ends, or seems to, while updates of the lane wait in its memory.</summary>
[OnPostgres]
public class TurnTests
{
    private const long Anna = 1001;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_passed_over_while_the_turn_was_in_doubt_is_done_before_what_followed()
    {
        Doubtful? turns = null;
        await using var bot =
            await TestBot.Start(Ct, replace: services => services.AddSingleton<IInstance>(s => turns = new Doubtful(s.GetRequiredService<InstanceLeases>())));
        var anna = await Seller(bot);
        await using (await OtherTransaction.HoldShops(bot))
        {
            anna.Fires("on:1:1:1:1:", "on:1:0:1:1:", "on:1:1:1:1:");
            await TestBot.Until(() => bot.Service<Lanes>().CountOf(Anna) == 3, Ct);
            turns!.Doubts(1);
        }

        await bot.Settles(Ct);

        Assert.Equal(["on", "off", "on"], await Switches(bot));
    }

    [Fact]
    public async Task What_waited_in_an_earlier_turn_is_done_before_what_arrived_in_a_later_one()
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = await Seller(bot);
        await using (await OtherTransaction.HoldShops(bot))
        {
            anna.Fires("on:1:1:1:1:", "on:1:0:1:1:");
            await TestBot.Until(() => bot.Service<Lanes>().CountOf(Anna) == 2, Ct);
            var epoch = bot.Service<IInstance>().LeaseOf(Anna)?.Epoch;
            await bot.Execute("UPDATE marketbot_leases SET epoch = epoch + 1 WHERE name LIKE 'slot:%'");
            await TestBot.Until(() => bot.Service<IInstance>().LeaseOf(Anna)?.Epoch == epoch + 1, Ct);
            anna.Fires("on:1:1:1:1:");
            await TestBot.Until(() => bot.Service<Lanes>().CountOf(Anna) >= 3, Ct);
        }

        await bot.Settles(Ct);

        Assert.Equal(["on", "off", "on"], await Switches(bot));
    }

    [Fact]
    public async Task A_message_that_another_process_has_sent_since_it_was_read_is_not_sent_again()
    {
        var read = new List<OutboxMessage>();
        await using var bot = await TestBot.Start(
            Ct, replace: services => services.AddTransient<IOutbox>(s => new LateOutbox(ActivatorUtilities.CreateInstance<Outbox>(s), read)));
        var anna = await Seller(bot);
        var before = anna.MessagesFromBot;

        await bot.Operate("users", "ban", "1001");
        await TestBot.Until(() => read.Count(m => m.Chat.Value == Anna) > 4, Ct);

        Assert.Equal(1, anna.MessagesFromBot - before);
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task Leases_that_were_given_before_the_databases_clock_was_put_back_keep_nobody_waiting()
    {
        await using var bot = await TestBot.Start(
            Ct,
            database:
            """
            UPDATE marketbot_leases SET owner = 'dead', expires_at = (extract(epoch FROM now()) * 1000)::bigint + 3600000;
            INSERT INTO marketbot_leases (name, owner, epoch, expires_at)
                VALUES ('instance:dead', 'dead', 1, (extract(epoch FROM now()) * 1000)::bigint + 3600000);
            """);

        await bot.Person(Anna).Says("/start");

        Assert.Equal(64, await bot.Value<long>("SELECT count(*) FROM marketbot_leases WHERE name LIKE 'slot:%' AND owner <> 'dead'"));
    }

    [Fact]
    public async Task A_slot_is_handed_on_only_when_what_was_under_way_had_time_to_end_however_much_others_press()
    {
        await using var bot = await TestBot.Start(Ct);
        await Seller(bot);
        await bot.Execute(
            "INSERT INTO marketbot_leases (name, owner, epoch, expires_at) VALUES ('instance:other', 'other', 1, (extract(epoch FROM now()) * 1000)::bigint + "
            + "12000)");
        await TestBot.Until(() => bot.Service<IInstance>().LeaseOf(Anna) is null, Ct);
        var left = Stopwatch.GetTimestamp();

        await TestBot.Until(
            async () =>
            {
                await bot.Execute("NOTIFY marketbot_leases");
                return await bot.Value<long>(
                    $"SELECT count(*) FROM marketbot_leases WHERE name = '{InstanceLeases.NameOf(LaneSlot.Of(Anna))}' AND owner IS NULL") == 1;
            },
            Ct);

        Assert.True(Stopwatch.GetElapsedTime(left) > TimeSpan.FromSeconds(1));
    }

    private static async Task<Actor> Seller(TestBot bot)
    {
        await bot.AddShop("Nuts", "k-1");
        return await bot.Seller(Anna, "k-1");
    }

    private static Task<List<string>> Switches(TestBot bot) => bot.Database.Column("SELECT after FROM marketbot_audit WHERE action LIKE 'Toggle%' ORDER BY id");

    /// <summary>The real leases, which can be in doubt for a moment, as when they are renewed late.</summary>
    private sealed class Doubtful(InstanceLeases leases) : IInstance
    {
        private int _doubts;

        public bool IsAlone => leases.IsAlone;

        public bool IsLeader => leases.IsLeader;

        public IReadOnlyDictionary<int, Lease> Leases => leases.Leases;

        public CancellationToken Leading => leases.Leading;

        public event Action? Woken
        {
            add => leases.Woken += value;
            remove => leases.Woken -= value;
        }

        public void Doubts(int times) => Volatile.Write(ref _doubts, times);

        public Lease? LeaseOf(long lane) => lane == Anna && Interlocked.Decrement(ref _doubts) >= 0 ? null : leases.LeaseOf(lane);

        public Task Leads(CancellationToken ct) => leases.Leads(ct);
    }

    /// <summary>The real outbox, as it looks to a process that stands still between reading and sending: what it reads it sees again and again.</summary>
    private sealed class LateOutbox(IOutbox outbox, List<OutboxMessage> read) : OutboxDecorator(outbox)
    {
        public override async Task<IReadOnlyList<OutboxMessage>> ReadDue(int count, IReadOnlyCollection<TelegramId> except, CancellationToken ct)
        {
            var due = await base.ReadDue(count, except, ct);
            read.AddRange(due.Concat(read.DistinctBy(m => m.Id)).ToList());
            return [.. read.DistinctBy(m => m.Id)];
        }
    }
}
