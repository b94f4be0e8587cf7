using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using MarketBot.Application.Common;

namespace MarketBot.Presentation.Bot.Updates;

/// <summary>
/// Moves updates from the inbox to the lanes in the order of arrival. Where this is the only process, fresh ones go straight
/// on while there is room; what does not fit, as a whole or in its own lane, stays in the inbox and is read when there is
/// room again, so memory stays bounded whatever the backlog, and a full lane keeps nobody else waiting.
/// </summary>
internal sealed partial class Feeder(IInbox inbox, IInstance instance, Lanes lanes, UpdateProcessor processor, TimeProvider time, ILogger<Feeder> log) : BackgroundService
{
    private const int MostInMemory = 4096;
    private const int MostOfLane = 64;

    /// <summary>A full lane is read on when so much of it is left.</summary>
    private const int LittleOfLane = 16;

    private const int Stretch = 512;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietMoment = TimeSpan.FromSeconds(1);
    private static readonly IReadOnlyList<StoredUpdate> LookIntoInbox = [];

    private readonly Channel<IReadOnlyList<StoredUpdate>> _fresh = Channel.CreateUnbounded<IReadOnlyList<StoredUpdate>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _room = new(0, 1);
    private readonly ConcurrentDictionary<long, bool> _inMemory = [];
    private readonly ConcurrentDictionary<long, bool> _fullLanes = [];
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
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ct);
        quiet.CancelAfter(QuietMoment);
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

            Enqueue(update);
        }
    }

    /// <summary>Reads the inbox until nothing is left that was stored before; what is offered meanwhile is in there, too.</summary>
    private async Task CatchUp(CancellationToken ct)
    {
        while (lanes.Count > MostInMemory - Stretch)
            await _room.WaitAsync(ct);
        while (_fresh.Reader.TryRead(out _))
        {
            // It is in the inbox.
        }

        foreach (var lane in _fullLanes.Keys.Where(lane => lanes.CountOf(lane) <= LittleOfLane))
            _fullLanes.TryRemove(lane, out _);
        var open = await inbox.Read([.. _inMemory.Keys], [.. _fullLanes.Keys], Stretch, ct);
        foreach (var row in open)
            Enqueue(new StoredUpdate(row.Id, row.Lane, row.Epoch, Parse(row.Payload), row.ReceivedAt, row.Tries, row.Reply));
        _isBehind = open.Count == Stretch;
    }

    /// <summary>Gives an update to its lane, unless that is full: then it, and all that follow it there, are read from the inbox later.</summary>
    private void Enqueue(StoredUpdate update)
    {
        _last = Math.Max(_last, update.Id);
        if (_fullLanes.ContainsKey(update.Lane) || lanes.CountOf(update.Lane) >= MostOfLane)
        {
            _fullLanes[update.Lane] = true;
            return;
        }

        if (_inMemory.TryAdd(update.Id, true))
            lanes.Enqueue(update.Lane, () => Process(update));
    }

    private async Task Process(StoredUpdate update)
    {
        try
        {
            await processor.Process(update);
        }
        finally
        {
            _inMemory.TryRemove(update.Id, out _);
            if (!_fullLanes.IsEmpty && _fullLanes.ContainsKey(update.Lane) && lanes.CountOf(update.Lane) <= LittleOfLane)
                Wake();
        }
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

    private static Telegram.Bot.Types.Update? Parse(byte[]? payload)
    {
        if (payload is null)
            return null;

        using var json = JsonDocument.Parse(payload);
        return Intake.Read(json.RootElement);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} updates take too long to wait for; they go on after the next start")]
    private partial void Unfinished(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The inbox cannot be read; trying again")]
    private partial void CannotRead(Exception failure);
}
