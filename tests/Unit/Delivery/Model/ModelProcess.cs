using System.Runtime.CompilerServices;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Infrastructure.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MarketBot.Tests.Unit.Delivery.Model;

/// <summary>
/// A process with the real engine, and with everything around the engine in the model. Each call to the store takes two turns, one to get there and one to come
/// back. A process that is killed never comes back from anything; what it had sent off by then happens all the same.
/// </summary>
internal sealed class ModelProcess : IInbox, IInstance, IServiceScopeFactory, IUpdateHandler, IReplySender, IOutbox, IReachability, IDisposable
{
    private readonly ModelStore _store;
    private readonly ChosenTurns _turns;
    private readonly Random _chance;
    private readonly IReadOnlyList<ModelUpdate> _updates;
    private readonly HashSet<long> _ending = [];
    private readonly Dictionary<int, Lease> _slots = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrencyLimit _limit;
    private readonly DeliveryMetrics _metrics = new();
    private readonly UpdateProcessor _processor;
    private readonly InboxReader _reader;
    private readonly Intake _intake;
    private readonly Task _reading;
    private readonly TimeProvider _time;
    private int _writing;

    public ModelProcess(ModelStore store, ChosenTurns turns, Random chance, TimeProvider time, IReadOnlyList<ModelUpdate> updates, bool isAlone, int mostAtOnce)
    {
        (_store, _turns, _chance, _time, _updates, IsAlone) = (store, turns, chance, time, updates, isAlone);
        _limit = new ConcurrencyLimit(mostAtOnce);
        var lanes = new Lanes(_limit, NullLogger<Lanes>.Instance);
        _processor = new UpdateProcessor(this, this, this, this, this, _limit, _metrics, time, NullLogger<UpdateProcessor>.Instance);
        _reader = new InboxReader(this, this, lanes, _processor, time, NullLogger<InboxReader>.Instance);
        _intake = new Intake(this, _reader, _metrics, time);
        _reading = turns.Begin(() => Execute(_reader, _stop.Token));
    }

    public event Action? Woken;

    public bool IsAlive { get; private set; } = true;

    public bool HasStopped { get; private set; }

    public bool IsAlone { get; }

    public bool IsLeader => true;

    public CancellationToken Leading => CancellationToken.None;

    public IReadOnlyDictionary<int, Lease> Leases => IsAlone ? new SoleInstance().Leases : new Dictionary<int, Lease>(_slots);

    /// <summary>It is gone from one moment to the next.</summary>
    public void Kill()
    {
        IsAlive = false;
        _store.Forget(this);
    }

    /// <summary>SIGTERM.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _turns.Begin(async () =>
        {
            await _reading;
            try
            {
                await _reader.StopAsync(CancellationToken.None);
            }
            catch (StorageAway)
            {
                // As it stands.
            }

            HasStopped = true;
        });
    }

    /// <summary>Telegram hands over updates, and is told whether they were stored.</summary>
    public void Take(IReadOnlyList<int> updates, Action isStored) => _turns.Begin(async () =>
    {
        try
        {
            await _intake.Take([.. updates.Select(u => new ArrivedUpdate(u, _updates[u].Lane, new[] { (byte)u }))], CancellationToken.None);
            isStored();
        }
        catch (StorageAway)
        {
            // Telegram hands them over again.
        }
    });

    /// <summary>Looks up which lanes are its turn.</summary>
    public void Beat()
    {
        var gained = false;
        foreach (var (slot, (owner, epoch)) in _store.Leases)
        {
            var lease = new Lease(epoch);
            if (owner != this)
                _slots.Remove(slot);
            else if (!_slots.TryGetValue(slot, out var known) || known != lease)
                (gained, _slots[slot]) = (true, lease);
        }

        if (gained)
            Woken?.Invoke();
    }

    /// <summary>Thinks for a moment that a lane is not its turn.</summary>
    public void Doubt(long lane) => _slots.Remove(LaneSlot.Of(lane));

    public void Wake() => Woken?.Invoke();

    public Lease? LeaseOf(long lane) => IsAlone ? default(Lease) : _slots.TryGetValue(LaneSlot.Of(lane), out var lease) ? lease : null;

    public Task Leads(CancellationToken ct) => Task.CompletedTask;

    public async Task<IReadOnlyList<long?>> Store(IReadOnlyList<ArrivedUpdate> updates, CancellationToken ct)
    {
        var endingBefore = _writing;
        var places = await Call<IReadOnlyList<long?>>(() => [.. updates.Select(u => _store.Insert((int)u.UpdateId, u.Lane))]);
        while (updates.Count == 0 && endingBefore > 0 && _writing > 0)
            await Turn();
        return places;
    }

    public void End(long id, InboxState from)
    {
        if (!IsAlive)
            return;

        _ending.Add(id);
        _writing++;
        _turns.Begin(async () =>
        {
            await Persist(() => OnRow(id, row => _store.End(row, from)));
            _ending.Remove(id);
            _writing--;
        });
    }

    public Task<IReadOnlyList<StoredUpdate>> Read(IReadOnlyCollection<long> except, IReadOnlyCollection<long> exceptLanes, int count, CancellationToken ct)
    {
        long[] known = [.. except, .. _ending];
        var leases = Leases;
        return Call<IReadOnlyList<StoredUpdate>>(() =>
        [
            .. _store.Rows.Where(
                r => r.State < InboxState.Done && !known.Contains(r.Id) && !exceptLanes.Contains(r.Lane) && leases.ContainsKey(LaneSlot.Of(r.Lane))).Take(count)
                .Select(r => new StoredUpdate(r.Id, r.Lane, leases[LaneSlot.Of(r.Lane)], DateTime.UnixEpoch)
                {
                    Payload = [(byte)r.Update], Tries = r.Tries, IsApplied = r.State == InboxState.Applied,
                        Reply = r.State == InboxState.Applied ? r.Reply : null,
                }),
        ]);
    }

    public Task RecordFailure(long id, int tries, CancellationToken ct) => OnRow(id, row => row.Tries = tries);

    public Task<bool> Bury(long id, string reason, CancellationToken ct) => OnRow(id, ModelStore.Bury);

    public Task<bool> BuryWithoutContent(long id, string reason, WaitingReply deletion, CancellationToken ct) => OnRow(id, ModelStore.Bury);

    public Task<(bool IsApplied, byte[]? Reply)?> Look(long id, CancellationToken ct) => Call<(bool, byte[]?)?>(() =>
        _store.Row(id) is { State: < InboxState.Done } row ? (row.State == InboxState.Applied, row.State == InboxState.Applied ? row.Reply : null) : null);

    public Task Sync(long id, CancellationToken ct) => Call(() =>
    {
        _store.Sync();
        return true;
    });

    public Task Flush(CancellationToken ct) => Store([], ct);

    public Task<long> CountOpen(CancellationToken ct) => throw new NotSupportedException();

    bool IStorageHealth.IsOutage(Exception failure) => failure is StorageAway;

    bool IUpdateHandler.IsOutage(Exception failure) => false;

    public IServiceScope CreateScope() => new Scope(this);

    public async Task<Answer> Handle(StoredUpdate update, IServiceProvider scope)
    {
        var number = update.Payload![0];
        var plan = _updates[number];
        var (begun, failed) = _store.Handled.GetValueOrDefault(number);
        _store.Handled[number] = (begun + 1, failed);
        await Turn();
        if (plan.Fails(begun))
        {
            _store.Handled[number] = _store.Handled[number] with { Failed = _store.Handled[number].Failed + 1 };
            throw new InvalidOperationException("The handler fails.");
        }

        ((Transaction)scope.GetRequiredService<IUpdateTransaction>()).HasEffect = plan.HasEffect(begun);
        return new Answer(plan.HasReply ? new Reply(number, (byte)begun, plan.Lane) : null, begun % 3 == 1 ? true : null);
    }

    public async Task<IReply?> Apologise(StoredUpdate update, Exception failure)
    {
        await Turn();
        return update.Id % 2 == 0 ? new Reply(255, 0, update.Lane) : null;
    }

    public Task<IReply?> Hide(StoredUpdate update) => Task.FromResult<IReply?>(update.Id % 3 == 0 ? new Reply(254, 0, update.Lane) : null);

    public async Task<SendResult> Send(IReply reply, CancellationToken ct)
    {
        await Turn();
        _store.See(reply.ToBytes());
        var outcome = _chance.Next(8) switch
        {
            0 => SendOutcome.Later,
            1 => SendOutcome.Unreachable,
            _ => SendOutcome.Sent,
        };
        if (outcome != SendOutcome.Later)
            _store.Sent.Add(Convert.ToHexString(reply.ToBytes()));
        await Turn();
        return new SendResult(outcome);
    }

    IReply IReplySender.Read(byte[] reply) => new Reply(reply[0], reply[1], _updates[reply[0]].Lane);

    public IReply Write(TelegramId person, Notice notice, NoticeArguments arguments, Session? session) => throw new NotSupportedException();

    public Task Add(WaitingReply reply, CancellationToken ct) => Call(() => _store.Outbox[reply.Name] = reply.Content);

    public Task Renew(WaitingReply reply, CancellationToken ct) =>
        Call(() => _store.Outbox.ContainsKey(reply.Name) && (_store.Outbox[reply.Name] = reply.Content) is not null);

    public Task<IReadOnlyList<OutboxMessage>> ReadDue(int count, IReadOnlyCollection<TelegramId> except, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<OutboxMessage?> Sending(OutboxMessage message, CancellationToken ct) => throw new NotSupportedException();

    Task IOutbox.Sent(OutboxMessage message, CancellationToken ct) => throw new NotSupportedException();

    public Task Postpone(OutboxMessage message, TimeSpan wait, bool isUncertain, CancellationToken ct) => throw new NotSupportedException();

    Task IOutbox.Bury(OutboxMessage message, string reason, CancellationToken ct) => throw new NotSupportedException();

    public Task BuryAllOf(TelegramId person, string reason, CancellationToken ct) => throw new NotSupportedException();

    public Task MarkUnreachable(TelegramId person, CancellationToken ct) => Call(() => true);

    public Task MarkReachable(TelegramId person, CancellationToken ct) => Call(() => true);

    public void Dispose()
    {
        _metrics.Dispose();
        _reader.Dispose();
        _processor.Dispose();
        _limit.Dispose();
        _stop.Dispose();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ExecuteAsync")]
    private static extern Task Execute(InboxReader reader, CancellationToken stoppingToken);

    /// <summary>Somebody else's turn may come here; whoever was killed meanwhile does not go on.</summary>
    private async Task Turn()
    {
        await Task.Yield();
        if (!IsAlive)
            await new TaskCompletionSource().Task;
    }

    private async Task<T> Call<T>(Func<T> work)
    {
        await Turn();
        var weather = _store.Forecast(mayBeLate: false);
        if (weather != Weather.LostBefore)
        {
            await Task.Yield();
            var result = work();
            await Turn();
            if (weather == Weather.Fine)
                return result;
        }

        throw new StorageAway();
    }

    private Task<bool> OnRow(long id, Action<ModelRow> write) => OnRow(id, row =>
    {
        write(row);
        return true;
    });

    /// <summary>Writes a row, once nobody else's transaction has it.</summary>
    private async Task<T> OnRow<T>(long id, Func<ModelRow, T> write)
    {
        await _store.Row(id).IsFree;
        await Turn();
        return await Call(() => _store.Row(id).Writer is null ? (IsDone: true, Result: write(_store.Row(id))) : default) is { IsDone: true, Result: var result }
            ? result
            : await OnRow(id, write);
    }

    private static async Task Persist(Func<Task> write)
    {
        while (true)
        {
            try
            {
                await write();
                return;
            }
            catch (StorageAway)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Applies, which locks the row, and commits, as two statements: the world goes on between them.</summary>
    private async Task Commit(AppliedUpdate applied)
    {
        var reply = applied.Reply();
        var row = _store.Row(applied.Id);
        try
        {
            var mayApply = await OnRow(row.Id, r =>
            {
                if (!IsAlive || !_store.MayApply(r, applied.Lease))
                    return false;

                r.Writer = this;
                return true;
            });
            if (!mayApply)
                throw new AlreadyAppliedException();
        }
        catch (StorageAway)
        {
            // With the connection the transaction is gone.
            row.Forget(this);
            throw;
        }

        await Turn();
        var weather = _store.Forecast(mayBeLate: true);
        if (weather == Weather.LostBefore)
        {
            row.Writer = null;
            throw new StorageAway();
        }

        row.IsCommitting = true;
        if (weather == Weather.Late)
        {
            _ = _turns.Begin(async () =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(_chance.Next(2) * _chance.Next(1, 3000)), _time);
                _store.Commit(row, reply);
            });
            throw new StorageAway();
        }

        await Task.Yield();
        _store.Commit(row, reply);
        await Turn();
        if (weather == Weather.LostAfter)
            throw new StorageAway();
    }

    private sealed class Scope(ModelProcess process) : IServiceScope, IServiceProvider
    {
        private readonly Transaction _transaction = new(process);

        public IServiceProvider ServiceProvider => this;

        public object GetService(Type serviceType) => serviceType == typeof(IUpdateTransaction) ? _transaction : process;

        public void Dispose()
        {
        }
    }

    private sealed class Transaction(ModelProcess process) : IUpdateTransaction
    {
        public bool LeavesSync { get; set; }

        public bool HasEffect { get; set; }

        public async Task<bool> Commit(AppliedUpdate applied, CancellationToken ct)
        {
            if (HasEffect)
                await process.Commit(applied);
            return HasEffect;
        }

        public Task Begin(CancellationToken ct) => throw new NotSupportedException();

        public Task<Refusal?> Save(CancellationToken ct) => throw new NotSupportedException();

        public Task Discard(CancellationToken ct) => throw new NotSupportedException();

        public Task<bool> Commit(CancellationToken ct) => throw new NotSupportedException();
    }

    private sealed record Reply(byte Update, byte Attempt, long ChatId) : IReply
    {
        public bool MayReplace => Update % 2 == 0;

        public Func<Task>? Afterwards => null;

        public byte[] ToBytes() => [Update, Attempt];

        public WaitingReply ToWait(long inboxId, string kind, bool isUncertain = false) =>
            new(new TelegramId(ChatId), $"{kind}:{inboxId}", ToBytes(), IsUncertain: isUncertain);
    }

    private sealed class StorageAway() : Exception("Storage is away.");
}
