using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace MarketBot.Bench;

/// <summary>Reads another .NET process's own counter of allocated bytes, once a second.</summary>
internal sealed class AllocationCounter : IDisposable
{
    private readonly EventPipeSession _session;
    private readonly EventPipeEventSource _events;
    private readonly Task _reading;
    private readonly Lock _lock = new();
    private double _bytes;
    private double _seconds;

    private AllocationCounter(EventPipeSession session)
    {
        _session = session;
        _events = new EventPipeEventSource(session.EventStream);
        _events.Dynamic.All += Read;
        _reading = Task.Run(_events.Process);
    }

    /// <summary>What is allocated in a second, on the average since the counter was begun; NaN before the first second has passed.</summary>
    public double BytesPerSecond
    {
        get
        {
            lock (_lock)
                return _bytes / _seconds;
        }
    }

    /// <summary>Begins to count; null where the process is not .NET.</summary>
    /// <remarks>Killed processes leave their sockets behind, so one that bears the process's id does not say that somebody answers.</remarks>
    public static AllocationCounter? Of(int process)
    {
        if (!DiagnosticsClient.GetPublishedProcesses().Contains(process))
            return null;

        var everySecond = new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" };
        try
        {
            return new(new DiagnosticsClient(process).StartEventPipeSession(
                [new EventPipeProvider("System.Runtime", EventLevel.Informational, (long)EventKeywords.None, everySecond)], requestRundown: false));
        }
        catch (Exception failure) when (failure is SocketException or ServerNotAvailableException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _session.Stop();
        _reading.Wait();
        _events.Dispose();
        _session.Dispose();
    }

    private void Read(TraceEvent happened)
    {
        if (happened.EventName != "EventCounters"
            || happened.PayloadValue(0) is not IDictionary<string, object> { } outer
            || outer["Payload"] is not IDictionary<string, object> counter
            || counter["Name"] is not "alloc-rate")
        {
            return;
        }

        lock (_lock)
        {
            _bytes += Convert.ToDouble(counter["Increment"], CultureInfo.InvariantCulture);
            _seconds += Convert.ToDouble(counter["IntervalSec"], CultureInfo.InvariantCulture);
        }
    }
}
