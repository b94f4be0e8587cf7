using System.Data.Common;
using System.Globalization;
using System.Threading.Channels;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
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
    private readonly Func<DbConnection> _connect;
    private readonly Task _writer;
    private Statements? _statements;

    public Inbox(IServiceScopeFactory scopes, WriteGate gate, PayloadCipher cipher, BotKey bot, Func<DbConnection> connect, TimeProvider time)
    {
        (_scopes, _gate, _cipher, _time, _botId, _connect) = (scopes, gate, cipher, time, bot.Id, connect);
        _writer = Task.Run(Write);
    }

    public async Task<IReadOnlyList<long?>> Store(IReadOnlyList<ArrivedUpdate> updates, CancellationToken ct)
    {
        var entry = new Entry(updates, 0, new TaskCompletionSource<IReadOnlyList<long?>>(TaskCreationOptions.RunContinuationsAsynchronously));
        await _entries.Writer.WriteAsync(entry, ct);
        return await entry.Stored!.Task.WaitAsync(ct);
    }

    public void Done(long id) => _entries.Writer.TryWrite(new Entry([], id, null));

    public Task Flush(CancellationToken ct) => Store([], ct);

    public async Task<IReadOnlyList<OpenUpdate>> Read(long after, int count, CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<MarketBotContext>().Inbox.AsNoTracking()
            .Where(r => r.BotId == _botId && r.State < InboxState.Done && r.Id > after).OrderBy(r => r.Id).Take(count).ToListAsync(ct);
        return [.. rows.Select(r => new OpenUpdate(r.Id, r.UpdateId, r.Lane, Open(r.KeyId, r.Payload), r.ReceivedAt, r.Tries, r.State == InboxState.Applied ? Open(r.KeyId, r.Reply) : null))];
    }

    public Task RecordFailure(long id, int tries, CancellationToken ct) => Change(rows => rows.Where(r => r.Id == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Tries, tries), ct), ct);

    public Task Bury(long id, string reason, CancellationToken ct)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var shortReason = Domain.Common.Text.Cut(reason, MostReasonCharacters);
        return Change(
            rows => rows.Where(r => r.Id == id && r.State < InboxState.Done).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, InboxState.Dead).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Reason, shortReason), ct),
            ct);
    }

    public async Task BuryWithoutContent(long id, string reason, TelegramId chat, byte[] deletion, CancellationToken ct)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var shortReason = Domain.Common.Text.Cut(reason, MostReasonCharacters);
        await using var scope = _scopes.CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var context = scope.ServiceProvider.GetRequiredService<MarketBotContext>();
        await work.Begin(ct);
        var buried = await context.Inbox.Where(r => r.Id == id && r.State < InboxState.Done).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, InboxState.Dead).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Reason, shortReason)
                .SetProperty(r => r.Payload, (byte[]?)null).SetProperty(r => r.Reply, (byte[]?)null),
            ct);
        if (buried == 0)
            return;

        context.Add(new OutboxRow { ChatId = chat, Name = string.Create(CultureInfo.InvariantCulture, $"{id}:{chat}:secret"), Reply = _cipher.Encrypt(deletion), CreatedAt = now, DueAt = now });
        await work.Commit(ct);
        await work.Complete(null, null, ct);
    }

    public async Task<long> CountOpen(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MarketBotContext>().Inbox.LongCountAsync(r => r.BotId == _botId && r.State < InboxState.Done, ct);
    }

    /// <summary>Busy, locked, no memory, I/O, full, cannot open (sqlite.org/rescode.html): of the file, not of the update.</summary>
    public bool IsOutage(Exception failure) => Causes(failure).Any(e => e is SqliteException { SqliteErrorCode: 5 or 6 or 7 or 10 or 13 or 14 });

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _stop.CancelAsync();
        await _writer;
        _statements?.Dispose();
        _stop.Dispose();
    }

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            yield return failure;
    }

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
                _statements?.Dispose();
                _statements = null;
                foreach (var entry in batch)
                    entry.Stored?.TrySetException(failure);
                batch.RemoveAll(e => e.Stored is not null);
                if (_stop.IsCancellationRequested)
                    return;
                await Task.Delay(AfterFailure, _time, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                if (batch.Count > 0)
                    _entries.Writer.TryWrite(new Entry([], 0, null));
            }
        }
    }

    private async Task WriteOnce(List<Entry> batch)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var stored = new List<(Entry Entry, IReadOnlyList<long?> Ids)>(batch.Count);
        using (await _gate.Enter(CancellationToken.None, isUrgent: true))
        {
            var statements = _statements ??= new Statements(_connect(), _botId, _cipher.CurrentKeyId);
            using var transaction = statements.Begin();
            foreach (var entry in batch)
            {
                if (entry.Ended != 0)
                    statements.End(entry.Ended, now);

                var ids = new long?[entry.Arrived.Count];
                for (var i = 0; i < ids.Length; i++)
                    ids[i] = statements.Insert(entry.Arrived[i], _cipher.Encrypt(entry.Arrived[i].Payload.Span), now);

                stored.Add((entry, ids));
            }

            transaction.Commit();
        }

        foreach (var (entry, ids) in stored)
            entry.Stored?.TrySetResult(ids);
    }

    /// <summary>The writer's own connection, with its two statements prepared once.</summary>
    private sealed class Statements : IDisposable
    {
        private readonly DbConnection _connection;
        private readonly DbCommand _insert;
        private readonly DbCommand _end;

        public Statements(DbConnection connection, long botId, string keyId)
        {
            _connection = connection;
            _connection.Open();
            _insert = Command(
                $"""
                INSERT INTO marketbot_inbox (bot_id, update_id, lane, state, key_id, payload, received_at, tries)
                VALUES ({botId.ToString(CultureInfo.InvariantCulture)}, @update, @lane, 0, '{keyId}', @payload, @now, 0)
                ON CONFLICT (bot_id, update_id) DO NOTHING RETURNING id
                """,
                "@update",
                "@lane",
                "@payload",
                "@now");
            _end = Command("UPDATE marketbot_inbox SET state = 2, payload = NULL, reply = NULL, ended_at = @now WHERE id = @id AND state < 2", "@id", "@now");
        }

        public DbTransaction Begin()
        {
            var transaction = _connection.BeginTransaction();
            _insert.Transaction = _end.Transaction = transaction;
            return transaction;
        }

        public long? Insert(ArrivedUpdate arrived, byte[] payload, long now)
        {
            (_insert.Parameters[0].Value, _insert.Parameters[1].Value) = (arrived.UpdateId, arrived.Lane);
            (_insert.Parameters[2].Value, _insert.Parameters[3].Value) = (payload, now);
            return (long?)_insert.ExecuteScalar();
        }

        public void End(long id, long now)
        {
            (_end.Parameters[0].Value, _end.Parameters[1].Value) = (id, now);
            _end.ExecuteNonQuery();
        }

        public void Dispose()
        {
            _insert.Dispose();
            _end.Dispose();
            _connection.Dispose();
        }

        private DbCommand Command(string sql, params ReadOnlySpan<string> parameters)
        {
            var command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var name in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            return command;
        }
    }

    private sealed record Entry(IReadOnlyList<ArrivedUpdate> Arrived, long Ended, TaskCompletionSource<IReadOnlyList<long?>>? Stored);
}

/// <summary>Which bot this is: the number before the colon of its token.</summary>
internal sealed record BotKey(long Id)
{
    /// <summary>Reads it; 0 where there is no token, as on the command line.</summary>
    public static BotKey Of(string token) => new(long.TryParse(token.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0);
}
