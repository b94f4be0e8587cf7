using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using MarketBot.Application.Common;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>
/// The inbox in <c>marketbot_inbox</c>. One writer takes whatever waits, arrivals and endings alike, into one transaction:
/// the busier it gets, the more a commit carries.
/// </summary>
internal sealed class Inbox : IInbox, IAsyncDisposable
{
    private const int MostInOneTransaction = 512;
    private const int MostReasonCharacters = 256;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly IServiceScopeFactory _scopes;
    private readonly WriteGate _gate;
    private readonly PayloadCipher _cipher;
    private readonly TimeProvider _time;
    private readonly long _botId;
    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly DatabaseProvider _database;
    private readonly IInstance _instance;
    private readonly ConcurrentDictionary<long, bool> _ending = [];
    private readonly Task _writer;
    private IInboxWriter? _table;

    public Inbox(IServiceScopeFactory scopes, DatabaseProvider database, IInstance instance, WriteGate gate, PayloadCipher cipher, BotKey bot, TimeProvider time)
    {
        (_scopes, _database, _instance, _gate, _cipher, _time, _botId) = (scopes, database, instance, gate, cipher, time, bot.Id);
        _writer = Task.Run(Write);
    }

    public async Task<IReadOnlyList<long?>> Store(IReadOnlyList<ArrivedUpdate> updates, CancellationToken ct)
    {
        var entry = new Entry(updates, null, new TaskCompletionSource<IReadOnlyList<long?>>(TaskCreationOptions.RunContinuationsAsynchronously));
        await _entries.Writer.WriteAsync(entry, ct);
        return await entry.Stored!.Task.WaitAsync(ct);
    }

    public async Task Sync(long id, CancellationToken ct)
    {
        if (!_database.LeavesSyncs)
            return;

        var entry = new Entry([], null, new TaskCompletionSource<IReadOnlyList<long?>>(TaskCreationOptions.RunContinuationsAsynchronously), Applied: id);
        await _entries.Writer.WriteAsync(entry, ct);
        await entry.Stored!.Task.WaitAsync(ct);
    }

    public void End(long id, InboxState from)
    {
        _ending[id] = true;
        _entries.Writer.TryWrite(new Entry([], new Ending(id, from), null));
    }

    public Task Flush(CancellationToken ct) => Store([], ct);

    public async Task<IReadOnlyList<StoredUpdate>> Read(IReadOnlyCollection<long> except, IReadOnlyCollection<long> exceptLanes, int count, CancellationToken ct)
    {
        // What is over but not written yet counts as over; taken after the list of what is under way, nothing falls between.
        long[] known = [.. except, .. _ending.Keys];
        var lanes = exceptLanes.ToArray();
        await using var scope = _scopes.CreateAsyncScope();
        var open = scope.ServiceProvider.GetRequiredService<MarketBotContext>().Inbox.AsNoTracking().Where(r => r.BotId == _botId && r.State < InboxState.Done);
        if (known.Length > 0)
            open = open.Where(r => !EF.Parameter(known).Contains(r.Id));
        if (lanes.Length > 0)
            open = open.Where(r => !EF.Parameter(lanes).Contains(r.Lane));
        // Of one look: what is read of a lane is all of one turn.
        var leases = _instance.Leases;
        if (!_instance.IsAlone)
        {
            long[] slots = [.. leases.Keys];
            open = open.Where(r => EF.Parameter(slots).Contains(r.Lane & (LaneSlot.Count - 1)));
        }

        var rows = await open.OrderBy(r => r.Id).Take(count).ToListAsync(ct);
        return
        [
            .. rows.Select(row => new StoredUpdate(row.Id, row.Lane, leases[LaneSlot.Of(row.Lane)], row.ReceivedAt)
            {
                Payload = Open(row.KeyId, row.Payload), Tries = row.Tries, IsApplied = row.State == InboxState.Applied, Reply = ReplyOf(row),
            }),
        ];
    }

    public async Task<(bool IsApplied, byte[]? Reply)?> Look(long id, CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<MarketBotContext>().Inbox.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.State < InboxState.Done, ct);
        return row is null ? null : (row.State == InboxState.Applied, ReplyOf(row));
    }

    public Task RecordFailure(long id, int tries, CancellationToken ct) => Change(rows => rows.Where(r => r.Id == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Tries, tries), ct), ct);

    public async Task<bool> Bury(long id, string reason, CancellationToken ct)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var shortReason = Domain.Common.Text.Cut(reason, MostReasonCharacters);
        return await Change(
            rows => rows.Where(r => r.Id == id && r.State == InboxState.New).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, InboxState.Dead).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Reason, shortReason), ct),
            ct) == 1;
    }

    public async Task<bool> BuryWithoutContent(long id, string reason, WaitingReply deletion, CancellationToken ct)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var shortReason = Domain.Common.Text.Cut(reason, MostReasonCharacters);
        await using var scope = _scopes.CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var context = scope.ServiceProvider.GetRequiredService<MarketBotContext>();
        await work.Begin(ct);
        var buried = await context.Inbox.Where(r => r.Id == id && r.State == InboxState.New).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, InboxState.Dead).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Reason, shortReason)
                .SetProperty(r => r.Payload, (byte[]?)null).SetProperty(r => r.Reply, (byte[]?)null),
            ct);
        if (buried == 0)
            return false;

        context.Add(new OutboxRow { ChatId = deletion.Chat, Name = deletion.Name, Reply = _cipher.Encrypt(deletion.Content), CreatedAt = now, DueAt = now });
        await work.Save(ct);
        await work.Commit(ct);
        return true;
    }

    public async Task<long> CountOpen(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MarketBotContext>().Inbox.LongCountAsync(r => r.BotId == _botId && r.State < InboxState.Done, ct);
    }

    public bool IsOutage(Exception failure) => _database.IsOutage(failure);

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _stop.CancelAsync();
        await _writer;
        _table?.Dispose();
        _stop.Dispose();
    }

    private byte[]? ReplyOf(InboxRow? row) => row?.State == InboxState.Applied ? Open(row.KeyId, row.Reply) : null;

    private byte[]? Open(string keyId, byte[]? sealedBytes) => sealedBytes is null ? null : _cipher.Decrypt(keyId, sealedBytes);

    private async Task<int> Change(Func<DbSet<InboxRow>, Task<int>> change, CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        using var turn = await _gate.Enter(ct);
        return await change(scope.ServiceProvider.GetRequiredService<MarketBotContext>().Inbox);
    }

    private async Task Write()
    {
        var batch = new List<Entry>();
        while (await _entries.Reader.WaitToReadAsync())
        {
            for (var updates = batch.Sum(e => Math.Max(1, e.Arrived.Count)); updates < MostInOneTransaction && _entries.Reader.TryRead(out var entry);)
            {
                batch.Add(entry);
                updates += Math.Max(1, entry.Arrived.Count);
            }

            try
            {
                await WriteOnce(batch);
                batch.Clear();
            }
            catch (Exception failure)
            {
                _table?.Dispose();
                _table = null;
                foreach (var entry in batch)
                    entry.Stored?.TrySetException(failure);
                batch.RemoveAll(e => e.Stored is not null);
                if (_stop.IsCancellationRequested)
                    return;
                await Task.Delay(AfterFailure, _time, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                if (batch.Count > 0)
                    _entries.Writer.TryWrite(new Entry([], null, null));
            }
        }
    }

    private async Task WriteOnce(List<Entry> batch)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var arrived = new List<SealedUpdate>();
        var ended = new List<Ending>();
        foreach (var entry in batch)
        {
            if (entry.Ended is { } ending)
                ended.Add(ending);
            foreach (var update in entry.Arrived)
                arrived.Add(new SealedUpdate(update.UpdateId, update.Lane, _cipher.Encrypt(update.Payload.Span)));
        }

        long?[] places;
        using (await _gate.Enter(CancellationToken.None, isUrgent: true))
        {
            _table ??= _database.OpenInbox(_botId, _cipher.CurrentKeyId);
            places = await _table.Write(arrived, ended, batch.FindLast(e => e.Applied is not null)?.Applied, now);
        }

        foreach (var ending in ended)
            _ending.TryRemove(ending.Id, out _);
        var from = 0;
        foreach (var entry in batch)
        {
            entry.Stored?.TrySetResult(new ArraySegment<long?>(places, from, entry.Arrived.Count));
            from += entry.Arrived.Count;
        }
    }

    private sealed record Entry(IReadOnlyList<ArrivedUpdate> Arrived, Ending? Ended, TaskCompletionSource<IReadOnlyList<long?>>? Stored, long? Applied = null);
}

/// <summary>Which bot this is: the number before the colon of its token.</summary>
internal sealed record BotKey(long Id)
{
    /// <summary>Reads it; 0 where there is no token, as on the command line.</summary>
    public static BotKey Of(string token) => new(long.TryParse(token.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0);
}
