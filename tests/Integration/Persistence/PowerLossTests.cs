using System.Globalization;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Tests.Integration.Persistence;

/// <summary>
/// A power failure takes what was written but not synced. Nobody can pull the plug on a process here, so the WAL stands for it: what the bot has
/// waited for is on the disk, and whatever else is in the file may be gone.
/// </summary>
public sealed class PowerLossTests
{
    private const int People = 4;
    private const int FrameHeader = 24;
    private const int WalHeader = 32;

    /// <summary>Longer, and SQLite begins it anew (sqlite.org/pragma.html#pragma_wal_autocheckpoint).</summary>
    private const int LongestWal = 1000 * (4096 + FrameHeader);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_power_failure_under_load_nothing_that_was_seen_is_undone_and_every_switch_is_made_once()
    {
        var disk = new Disk();
        await using var bot = await TestBot.Start(
            Ct, replace: services => services.AddSingleton<IInbox>(s => new WatchedInbox(ActivatorUtilities.CreateInstance<Inbox>(s), disk)));
        disk.Wal = bot.DatabaseFile + "-wal";
        var people = await Sellers(bot);
        await Restart(bot);
        using var enough = new CancellationTokenSource();
        var seen = new int[People];
        var pressing = people.Select((person, i) => Press(bot, person, i, seen, enough.Token)).ToArray();

        for (var failures = 0; failures < 4; failures++)
        {
            var before = seen.Sum();
            await TestBot.Until(() => Task.FromResult(seen.Sum() >= before + 10), Ct, "ten more switches");
            bot.Telegram.World.Faults.Next(Fault.Status(502), "*", times: int.MaxValue);
            var (wasSeen, synced) = ((int[])seen.Clone(), disk.Synced);
            var (database, wal) = (await Read(bot.DatabaseFile), await Read(disk.Wal));
            Assert.True(wal.Length < LongestWal, "A checkpoint came between: what is in front in the WAL may be newer than what is behind.");
            await bot.StopHost();
            SqliteConnection.ClearAllPools();

            Put(bot.DatabaseFile, database, wal.AsSpan(0, (int)Math.Min(synced, wal.Length)));
            disk.Synced = 0;
            var stored = await Switches(bot);
            Assert.All(
                Enumerable.Range(0, People),
                i => Assert.True(stored[i] >= wasSeen[i], $"Person {i} has seen {wasSeen[i]} switches, and {stored[i]} are on the disk."));
            bot.Telegram.World.Faults.Clear();
            await bot.StartHost(Ct);
        }

        await enough.CancelAsync();
        await Task.WhenAll(pressing);
        await bot.Settles(Ct);

        Assert.Equal(seen, await Switches(bot));
        Assert.Equal("ok", await bot.Value<string>("PRAGMA integrity_check"));
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task Wherever_a_power_failure_cuts_the_WAL_an_update_is_applied_with_its_effect_or_neither()
    {
        await using var bot = await TestBot.Start(Ct);
        var people = await Sellers(bot);
        await Restart(bot);
        var seen = new int[People];
        using var enough = new CancellationTokenSource();
        var pressing = people.Select((person, i) => Press(bot, person, i, seen, enough.Token)).ToArray();
        await TestBot.Until(() => Task.FromResult(seen.Sum() >= 40), Ct, "forty switches");
        await enough.CancelAsync();
        await Task.WhenAll(pressing);
        await bot.Settles(Ct);
        var (database, wal) = (await Read(bot.DatabaseFile), await Read(bot.DatabaseFile + "-wal"));
        var folder = Directory.CreateTempSubdirectory("marketbot-test-").FullName;
        var cut = Path.Combine(folder, "cut.db");
        var page = (wal[8] << 24) | (wal[9] << 16) | (wal[10] << 8) | wal[11];
        var frames = 0;

        for (var end = WalHeader; end <= wal.Length; end += FrameHeader + page, frames++)
        {
            foreach (var torn in (int[])[0, FrameHeader / 2, FrameHeader + (page / 2)])
            {
                Put(cut, database, wal.AsSpan(0, Math.Min(wal.Length, end + torn)));
                Assert.Equal("ok", await Value<string>(cut, "PRAGMA integrity_check"));
                Assert.Equal(0, await Value<long>(cut, HalfApplied));
            }
        }

        Directory.Delete(folder, recursive: true);
        Assert.True(frames > 100, $"The WAL had only {frames} frames.");
    }

    /// <summary>Effects without their update's state, and applied switches without their effect.</summary>
    private const string HalfApplied =
        """
        SELECT (SELECT count(*) FROM marketbot_audit a JOIN marketbot_inbox i ON i.update_id = a.update_id WHERE i.state = 0)
            + (SELECT count(*) FROM marketbot_inbox i WHERE i.state = 1 AND NOT EXISTS (SELECT 1 FROM marketbot_audit a WHERE a.update_id = i.update_id))
            + (SELECT count(*) FROM (SELECT update_id FROM marketbot_audit WHERE action = 'ToggleShopActive' GROUP BY update_id HAVING count(*) > 1))
        """;

    private static async Task<List<Actor>> Sellers(TestBot bot)
    {
        var people = new List<Actor>();
        for (var i = 0; i < People; i++)
        {
            await bot.AddShop($"Shop {i}", $"k-{i}");
            people.Add(await bot.Seller(1001 + i, $"k-{i}"));
        }

        return people;
    }

    /// <summary>Starts the bot on a file whose WAL is empty: the last connection that closes writes it back.</summary>
    private static async Task Restart(TestBot bot)
    {
        await bot.StopHost();
        SqliteConnection.ClearAllPools();
        await bot.StartHost(Ct);
    }

    /// <summary>Switches a shop on and off and waits for each to be shown, whatever happens meanwhile.</summary>
    private static async Task Press(TestBot bot, Actor seller, int place, int[] seen, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var isOn = seen[place] % 2 == 0;
            var words = isOn ? "Активация: включено" : "Активация: выключено";
            seller.Person.PressData(seller.Person.Chat.LastFromBot!, string.Create(CultureInfo.InvariantCulture, $"on:{place + 1}:{(isOn ? 1 : 0)}:1:1:"));
            await bot.Telegram.World.WaitFor(
                () => seller.Person.Chat.LastFromBot is { } shown && shown.Text.Contains(words, StringComparison.Ordinal) ? shown : null,
                Patience.Limit,
                Ct,
                words);
            seen[place]++;
        }
    }

    private static async Task<int[]> Switches(TestBot bot)
    {
        var counts = new int[People];
        for (var i = 0; i < People; i++)
        {
            counts[i] = (int)await Value<long>(
                bot.DatabaseFile,
                string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM marketbot_audit WHERE action = 'ToggleShopActive' AND actor = {1001 + i}"));
        }

        return counts;
    }

    /// <summary>Without a pool, so that the file can be put in place of another.</summary>
    private static async Task<T> Value<T>(string file, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static async Task<byte[]> Read(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }

    private static void Put(string file, byte[] database, ReadOnlySpan<byte> wal)
    {
        foreach (var part in (string[])[file, file + "-wal", file + "-shm"])
            File.Delete(part);
        File.WriteAllBytes(file, database);
        File.WriteAllBytes(file + "-wal", wal);
    }

    /// <summary>What is certain to be on the disk: the WAL up to where the last sync that somebody waited for began.</summary>
    private sealed class Disk
    {
        private long _synced;

        public string Wal { get; set; } = "";

        public long Synced
        {
            get => Interlocked.Read(ref _synced);
            set => Interlocked.Exchange(ref _synced, value);
        }

        public long Length => File.Exists(Wal) ? new FileInfo(Wal).Length : 0;

        public void Has(long length)
        {
            for (var known = Synced; known < length && Interlocked.CompareExchange(ref _synced, length, known) != known; known = Synced)
            {
                // Somebody else's sync came between.
            }
        }
    }

    /// <summary>The inbox, whose writer's commits wait for the disk: what stood in the WAL before such a commit is synced after it.</summary>
    private sealed class WatchedInbox(Inbox inbox, Disk disk) : IInbox, IAsyncDisposable
    {
        public async Task<IReadOnlyList<long?>> Store(IReadOnlyList<ArrivedUpdate> updates, CancellationToken ct)
        {
            var places = await inbox.Store(updates, ct);

            // How far its own commit went cannot be seen from here: one more covers it.
            if (places.FirstOrDefault(place => place is not null) is { } place)
                await Sync(place, ct);
            return places;
        }

        public async Task Sync(long id, CancellationToken ct) => await Covers(() => inbox.Sync(id, ct));

        public void End(long id, InboxState from) => inbox.End(id, from);

        public Task<IReadOnlyList<StoredUpdate>> Read(
            IReadOnlyCollection<long> except, IReadOnlyCollection<long> exceptLanes, int count, CancellationToken ct) =>
            inbox.Read(except, exceptLanes, count, ct);

        public Task RecordFailure(long id, int tries, CancellationToken ct) => inbox.RecordFailure(id, tries, ct);

        public Task<bool> Bury(long id, string reason, CancellationToken ct) => inbox.Bury(id, reason, ct);

        public Task<bool> BuryWithoutContent(long id, string reason, WaitingReply deletion, CancellationToken ct) =>
            inbox.BuryWithoutContent(id, reason, deletion, ct);

        public Task<(bool IsApplied, byte[]? Reply)?> Look(long id, CancellationToken ct) => inbox.Look(id, ct);

        public Task Flush(CancellationToken ct) => inbox.Flush(ct);

        public Task<long> CountOpen(CancellationToken ct) => inbox.CountOpen(ct);

        public bool IsOutage(Exception failure) => inbox.IsOutage(failure);

        public ValueTask DisposeAsync() => inbox.DisposeAsync();

        private async Task Covers(Func<Task> sync)
        {
            var length = disk.Length;
            await sync();
            disk.Has(length);
        }
    }
}
