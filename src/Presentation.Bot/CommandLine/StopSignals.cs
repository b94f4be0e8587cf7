using System.Runtime.InteropServices;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>
/// Turns SIGTERM and SIGINT into a request to stop, from the first moment on. The first signal lets the host finish what is in flight; whoever sends a second
/// one does not want to wait. Each signal is taken from the runtime: it would give one that nobody takes back to the system's default, which for the first
/// process of a container is to ignore it, and every later one with it (signal(7), pid_namespaces(7)).
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>The exit code that a shell gives an end by a signal (POSIX, "Exit Status for Commands").</summary>
    private const int EndedBySignal = 128;

    /// <summary>While nothing is in flight yet, a start that waits for a locked database is not waited for.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration[] _registrations;
    private volatile bool _isRunning;
    private int _signals;

    /// <summary>Listens to signals until it is disposed.</summary>
    /// <param name="ct">Requests a stop like a signal does.</param>
    public StopSignals(CancellationToken ct)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _registrations = [On(PosixSignal.SIGTERM, 15), On(PosixSignal.SIGINT, 2)];
    }

    /// <summary>Is cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Marks the start of handling; from then on the host bounds the time of a stop.</summary>
    public void Running() => _isRunning = true;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    private PosixSignalRegistration On(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
            Environment.Exit(EndedBySignal + number);
        _ = Stop(EndedBySignal + number);
    });

    private async Task Stop(int exitCode)
    {
        await _stop.CancelAsync();
        if (_isRunning)
            return;

        await Task.Delay(LongestStart, TimeProvider.System);
        if (!_isRunning)
            Environment.Exit(exitCode);
    }
}
