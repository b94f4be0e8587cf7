using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using MarketBot.Infrastructure.Persistence.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>
/// Shares the work out among processes by leases in <c>marketbot_leases</c>, on the database's clock: one for what only a
/// leader does, and one for each slot of lanes. Each change of hands makes the lease's epoch grow, and an effect is only
/// committed under the epoch it began under, so a process that slept through its lease can do no harm.
/// </summary>
internal sealed partial class InstanceLeases(PostgresProvider database, ILogger<InstanceLeases> log) : BackgroundService, IInstance
{
    /// <summary>The channel on which processes tell each other that leases are free (postgresql.org, NOTIFY).</summary>
    private const string FreedChannel = "marketbot_leases";

    private const string LeaderLease = "leader";
    private const string Now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private const string Renew =
        $"UPDATE marketbot_leases SET expires_at = {Now} + $2 WHERE owner = $1 RETURNING name, epoch";

    private const string Join =
        $"INSERT INTO marketbot_leases (name, owner, epoch, expires_at) VALUES ('instance:' || $1, $1, 1, {Now} + $2) ON CONFLICT (name) DO NOTHING";

    /// <summary>Over; so is one that was given further ahead than any is, before the database's clock was put back.</summary>
    private const string IsOver = $"(expires_at <= {Now} OR expires_at > {Now} + 2 * $2)";

    private const string CountInstances = $"SELECT count(*) FROM marketbot_leases WHERE name LIKE 'instance:%' AND expires_at > {Now} AND expires_at <= {Now} + 2 * $1";

    private const string ClaimLeader =
        $"UPDATE marketbot_leases SET owner = $1, epoch = epoch + 1, expires_at = {Now} + $2 WHERE name = 'leader' AND {IsOver} RETURNING name, epoch";

    private const string ClaimSlots =
        $"""
        UPDATE marketbot_leases SET owner = $1, epoch = epoch + 1, expires_at = {Now} + $2
        WHERE name IN (SELECT name FROM marketbot_leases WHERE {IsOver} AND name LIKE 'slot:%' ORDER BY name LIMIT $3 FOR UPDATE SKIP LOCKED)
        RETURNING name, epoch
        """;

    private const string Forget = $"DELETE FROM marketbot_leases WHERE name LIKE 'instance:%' AND (expires_at < {Now} - 60000 OR expires_at > {Now} + 60000)";

    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>How long what was under way may take when a slot is handed on; what takes longer is fenced, and its message may come twice.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(1.5);

    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>The lease of each slot; null while it is another process's.</summary>
    private readonly StrongBox<Lease>?[] _slots = new StrongBox<Lease>?[LaneSlot.Count];

    private readonly SemaphoreSlim _soon = new(0, 1);
    private readonly Lock _lock = new();

    /// <summary>Slots that this process does not use any more, and since when.</summary>
    private readonly Dictionary<int, long> _leaving = [];

    private CancellationTokenSource _leading = new();
    private TaskCompletionSource _leads = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isLeader;
    private long _renewed;

    public bool IsAlone => false;

    public bool IsLeader => _isLeader && IsFresh;

    public IReadOnlyDictionary<int, Lease> Leases => Enumerable.Range(0, LaneSlot.Count)
        .Select(slot => (Slot: slot, Lease: LeaseOf(slot))).Where(turn => turn.Lease is not null).ToDictionary(turn => turn.Slot, turn => turn.Lease!.Value);

    public event Action? Woken;

    public CancellationToken Leading
    {
        get
        {
            lock (_lock)
                return _leading.Token;
        }
    }

    /// <summary>By the clock that nobody sets, as the database measures leases by its own.</summary>
    private bool IsFresh => Stopwatch.GetElapsedTime(Volatile.Read(ref _renewed)) < Lasts;

    /// <summary>The name of a slot's lease.</summary>
    public static string NameOf(int slot) => $"slot:{slot.ToString("00", CultureInfo.InvariantCulture)}";

    public Lease? LeaseOf(long lane) => Volatile.Read(ref _slots[LaneSlot.Of(lane)]) is { } lease && IsFresh ? lease.Value : null;

    public Task Leads(CancellationToken ct)
    {
        lock (_lock)
            return _leads.Task.WaitAsync(ct);
    }

    /// <summary>Gives everything back, so that others need not wait until it expires.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await using var connection = await database.Open(cancellationToken);
            await using var batch = connection.CreateBatch();
            batch.BatchCommands.Add(Command("DELETE FROM marketbot_leases WHERE name = 'instance:' || $1", _owner));
            batch.BatchCommands.Add(Command("UPDATE marketbot_leases SET owner = NULL, expires_at = 0 WHERE owner = $1", _owner));
            batch.BatchCommands.Add(Command($"SELECT pg_notify('{FreedChannel}', '')"));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception away) when (database.IsOutage(away) || away is OperationCanceledException)
        {
            CannotRenew(away.Message);
        }
    }

    public override void Dispose()
    {
        _soon.Dispose();
        _leading.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = Listen(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Beat;
            try
            {
                await Renewal(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                CannotRenew(failure.Message);
                wait = AfterFailure;
                if (!IsFresh)
                    Lead(false);
            }

            await Pause(wait, stoppingToken);
        }

        await listening;
    }

    /// <summary>One beat: renews what this process has, takes what is free, gives up what is more than its share.</summary>
    private async Task Renewal(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        await using var connection = await database.Open(ct);
        await Leave(connection, ct);
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(Command(Join, _owner, (long)Lasts.TotalMilliseconds));
        batch.BatchCommands.Add(Command(Renew, _owner, (long)Lasts.TotalMilliseconds));
        batch.BatchCommands.Add(Command(CountInstances, (long)Lasts.TotalMilliseconds));
        batch.BatchCommands.Add(Command(Forget));
        var held = new Dictionary<string, long>();
        var instances = 1L;
        await using (var rows = await batch.ExecuteReaderAsync(ct))
        {
            do
            {
                while (await rows.ReadAsync(ct))
                {
                    if (rows.FieldCount == 2)
                        held[rows.GetString(0)] = rows.GetInt64(1);
                    else
                        instances = Math.Max(1, rows.GetInt64(0));
                }
            }
            while (await rows.NextResultAsync(ct));
        }

        var share = (int)((LaneSlot.Count + instances - 1) / instances);
        var slots = held.Keys.Count(name => name.StartsWith("slot:", StringComparison.Ordinal));
        await using (var claim = connection.CreateBatch())
        {
            claim.BatchCommands.Add(Command(ClaimLeader, _owner, (long)Lasts.TotalMilliseconds));
            claim.BatchCommands.Add(Command(ClaimSlots, _owner, (long)Lasts.TotalMilliseconds, (long)Math.Max(0, share - slots)));
            await using var rows = await claim.ExecuteReaderAsync(ct);
            do
            {
                while (await rows.ReadAsync(ct))
                    held[rows.GetString(0)] = rows.GetInt64(1);
            }
            while (await rows.NextResultAsync(ct));
        }

        Take(held, share, started);
    }

    /// <summary>Makes known what this process has; what is more than its share it stops using now and gives up when what was under way is over.</summary>
    private void Take(Dictionary<string, long> held, int share, long started)
    {
        var gained = false;
        var kept = 0;
        for (var slot = 0; slot < LaneSlot.Count; slot++)
        {
            Lease? lease = held.TryGetValue(NameOf(slot), out var epoch) ? new Lease(epoch) : null;
            if (lease is not null && ++kept > share)
            {
                _leaving.TryAdd(slot, Stopwatch.GetTimestamp());
                lease = null;
            }
            else
            {
                _leaving.Remove(slot);
            }

            gained |= lease is not null && lease != _slots[slot]?.Value;
            Volatile.Write(ref _slots[slot], lease is { } ours ? new StrongBox<Lease>(ours) : null);
        }

        Volatile.Write(ref _renewed, started);
        Lead(held.ContainsKey(LeaderLease));
        if (gained)
        {
            var count = Math.Min(kept, share);
            HasSlots(count);
            Woken?.Invoke();
        }
    }

    private async Task Leave(NpgsqlConnection connection, CancellationToken ct)
    {
        var slots = _leaving.Where(l => Stopwatch.GetElapsedTime(l.Value) >= UnderWay).Select(l => l.Key).ToList();
        if (slots.Count == 0)
            return;

        var names = slots.Select(NameOf).ToArray();
        slots.ForEach(slot => _leaving.Remove(slot));
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(Command("UPDATE marketbot_leases SET owner = NULL, expires_at = 0 WHERE owner = $1 AND name = ANY($2)", _owner, names));
        batch.BatchCommands.Add(Command($"SELECT pg_notify('{FreedChannel}', '')"));
        await batch.ExecuteNonQueryAsync(ct);
    }

    private void Lead(bool isLeader)
    {
        if (isLeader == _isLeader)
            return;

        lock (_lock)
        {
            _isLeader = isLeader;
            if (isLeader)
            {
                _leading.Dispose();
                _leading = new CancellationTokenSource();
                _leads.TrySetResult();
            }
            else
            {
                _leading.Cancel();
                _leads = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        LeadershipChanged(isLeader ? "leads now" : "leads no longer");
    }

    /// <summary>Hears at once what the beat and a look into the inbox would find out a little later.</summary>
    private async Task Listen(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.Open(ct);
                connection.Notification += (_, heard) => Hear(heard);
                await using (var listen = new NpgsqlCommand($"LISTEN {PostgresInboxWriter.Channel}; LISTEN {FreedChannel}", connection))
                    await listen.ExecuteNonQueryAsync(ct);
                Woken?.Invoke();
                while (true)
                    await connection.WaitAsync(ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                CannotListen(failure.Message);
                await Pause(AfterFailure, ct);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Hear(NpgsqlNotificationEventArgs heard)
    {
        if (heard.Channel == FreedChannel)
        {
            try
            {
                _soon.Release();
            }
            catch (SemaphoreFullException)
            {
                // The next beat comes at once already.
            }
        }
        else if (ulong.TryParse(heard.Payload, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var slots) && Leases.Keys.Any(slot => (slots >> slot & 1) == 1))
        {
            Woken?.Invoke();
        }
    }

    private async Task Pause(TimeSpan wait, CancellationToken ct)
    {
        try
        {
            await _soon.WaitAsync(wait, ct);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The leases cannot be renewed ({Reason}); trying again")]
    private partial void CannotRenew(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other processes cannot be heard ({Reason}); the inbox is looked into every second")]
    private partial void CannotListen(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "This process {Leads}")]
    private partial void LeadershipChanged(string leads);

    [LoggerMessage(Level = LogLevel.Information, Message = "This process has {Count} of 64 slots of lanes")]
    private partial void HasSlots(int count);
}
