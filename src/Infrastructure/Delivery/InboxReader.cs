using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>
/// Moves updates from the inbox to the lanes in the order of arrival. Where this is the only process, fresh ones go straight
/// on while there is room; what does not fit, as a whole or in its own lane, stays in the inbox and is read when there is
/// room again, so memory stays bounded whatever the backlog, and a full lane keeps nobody else waiting.
/// </summary>
internal sealed partial class InboxReader(
    IInbox inbox, IInstance instance, Lanes lanes, UpdateProcessor processor, TimeProvider time, ILogger<InboxReader> log) : BackgroundService
{
    private const int MostInMemory = 4096;
    private const int MostOfLane = 64;

    /// <summary>A full lane is read on when so much of it is left.</summary>
    private const int LittleOfLane = 16;

    private const int Batch = 512;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietMoment = TimeSpan.FromSeconds(0.9);
    private static readonly IReadOnlyList<StoredUpdate> LookIntoInbox = [];

    private readonly Channel<IReadOnlyList<StoredUpdate>> _fresh = Channel.CreateUnbounded<IReadOnlyList<StoredUpdate>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _room = new(0, 1);
    private readonly ConcurrentDictionary<long, Waiting> _inMemory = [];
    private readonly ConcurrentDictionary<long, bool> _fullLanes = [];

    /// <summary>How often an update of each slot was passed over, because it was or seemed another process's turn.</summary>
    private readonly long[] _passedOver = new long[LaneSlot.Count];

    private long _last;
    private bool _isBehind = true;

    /// <summary>Updates that were just stored, in the order of their places.</summary>
    public void Offer(IReadOnlyList<StoredUpdate> fresh)
    {
        // Where others store, too, only the inbox knows the order.
        if (fresh.Count > 0)
            _fresh.Writer.TryWrite(instance.IsAlone ? fresh : LookIntoInbox);
    }

    public override void Dispose()
    {
        _room.Dispose();
        base.Dispose();
    }

    /// <summary>Ends when the host stops; what is in the lanes by then is finished by <see cref="StopAsync"/>.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lanes.Freed += ReleaseRoom;
        instance.Woken += Wake;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (_isBehind)
                    await CatchUp(stoppingToken);
                else
                    await TakeFresh(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                CannotRead(failure);
                await Task.Delay(AfterFailure, time, CancellationToken.None);
            }
        }
    }

    /// <summary>Finishes the updates in flight; the host bounds the time. What takes longer goes on after the next start.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        processor.Stop();
        try
        {
            while (lanes.Count > 0)
                await _room.WaitAsync(cancellationToken);
            await inbox.Flush(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Unfinished(lanes.Count);
        }
    }

    /// <summary>Waits for what is offered; in a quiet moment looks into the inbox, where an operator may have replayed something.</summary>
    private async Task TakeFresh(CancellationToken ct)
    {
        if (_fresh.Reader.TryRead(out var fresh))
        {
            Take(fresh);
            return;
        }

        using var moment = new CancellationTokenSource(QuietMoment, time);
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ct, moment.Token);
        try
        {
            Take(await _fresh.Reader.ReadAsync(quiet.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            _isBehind = true;
        }
    }

    private void Take(IReadOnlyList<StoredUpdate> fresh)
    {
        _isBehind = fresh.Count == 0;
        foreach (var update in fresh)
        {
            if (update.Id <= _last)
                continue;

            // A gap: something was stored between that was not offered here.
            if (lanes.Count >= MostInMemory || update.Id != _last + 1)
            {
                _isBehind = true;
                return;
            }

            Enqueue(update, _passedOver);
        }
    }

    /// <summary>Reads the inbox until nothing is left that was stored before; what is offered meanwhile is in there, too.</summary>
    private async Task CatchUp(CancellationToken ct)
    {
        while (lanes.Count > MostInMemory - Batch)
            await _room.WaitAsync(ct);
        while (_fresh.Reader.TryRead(out _))
        {
            // It is in the inbox.
        }

        foreach (var lane in _fullLanes.Keys.Where(lane => lanes.CountOf(lane) <= LittleOfLane))
            _fullLanes.TryRemove(lane, out _);
        long[] passedOver = [.. _passedOver];
        var known = _inMemory.Where(m => m.Value.IsUnderWay || m.Value.PassedOver == passedOver[m.Value.Slot]).Select(m => m.Key);
        var open = await inbox.Read([.. known], [.. _fullLanes.Keys], Batch, ct);
        foreach (var row in open)
            Enqueue(row, passedOver);
        _isBehind = open.Count == Batch;
    }

    /// <summary>Gives an update to its lane, unless that is full: then it, and all that follow it there, are read from the inbox later.</summary>
    private void Enqueue(StoredUpdate update, long[] passedOver)
    {
        _last = Math.Max(_last, update.Id);
        if (_fullLanes.ContainsKey(update.Lane) || lanes.CountOf(update.Lane) >= MostOfLane)
        {
            _fullLanes[update.Lane] = true;
            return;
        }

        var slot = LaneSlot.Of(update.Lane);
        var waiting = new Waiting(slot, passedOver[slot]);
        _inMemory[update.Id] = waiting;
        lanes.Enqueue(update.Lane, () => Process(update, waiting));
    }

    /// <summary>Once one update was passed over, what waits behind it is, too: it is all read from the inbox again, in its order.</summary>
    private async Task Process(StoredUpdate update, Waiting waiting)
    {
        if (waiting.PassedOver != Volatile.Read(ref _passedOver[waiting.Slot]) || !_inMemory.TryUpdate(update.Id, waiting with { IsUnderWay = true }, waiting))
        {
            _inMemory.TryRemove(KeyValuePair.Create(update.Id, waiting));
            return;
        }

        var isOver = await processor.Process(update);

        // In this order: whoever reads between the two reads it, too, and is passed over with it.
        _inMemory.TryRemove(update.Id, out _);
        if (!isOver && !instance.IsAlone)
            Interlocked.Increment(ref _passedOver[waiting.Slot]);
        if (!_fullLanes.IsEmpty && _fullLanes.ContainsKey(update.Lane) && lanes.CountOf(update.Lane) <= LittleOfLane)
            Wake();
    }

    private void Wake() => _fresh.Writer.TryWrite(LookIntoInbox);

    private void ReleaseRoom()
    {
        if (_room.CurrentCount > 0)
            return;

        try
        {
            _room.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else said so at the same moment.
        }
    }

    /// <summary>An update in memory.</summary>
    /// <param name="Slot">Of its lane.</param>
    /// <param name="PassedOver">How often one of the slot had been passed over before it was read.</param>
    /// <param name="IsUnderWay">Whether it is being handled.</param>
    private readonly record struct Waiting(int Slot, long PassedOver, bool IsUnderWay = false);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} updates take too long to wait for; they go on after the next start")]
    private partial void Unfinished(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The inbox cannot be read; trying again")]
    private partial void CannotRead(Exception failure);
}
