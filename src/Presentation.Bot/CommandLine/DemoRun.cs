using System.Data.Common;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>The bot in the Playground, on the demo's own file. "Start over" on the page gives it a fresh one.</summary>
internal sealed class DemoRun
{
    private readonly Settings _settings;
    private readonly string _file;
    private Action _stop = () => { };
    private TaskCompletionSource? _restarted;

    /// <summary>Runs with these settings, which must already lead to the Playground.</summary>
    public DemoRun(Settings settings)
    {
        _file = (string)new DbConnectionStringBuilder { ConnectionString = settings.Database.ConnectionString }["Data Source"];
        // A pooled connection would outlive the file.
        _settings = settings with { Database = settings.Database with { ConnectionString = settings.Database.ConnectionString + ";Pooling=False" } };
    }

    /// <summary>Stops the bot, forgets what it stored, seeds and starts it again.</summary>
    public Task Reseed(CancellationToken ct)
    {
        var restarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _restarted, restarted, null) is { } running)
            return running.Task.WaitAsync(ct);
        _stop();
        return restarted.Task.WaitAsync(ct);
    }

    /// <summary>Runs until it is told to stop.</summary>
    public async Task Run(CancellationToken ct)
    {
        while (true)
        {
            using var current = CancellationTokenSource.CreateLinkedTokenSource(ct);
            _stop = current.Cancel;
            using (var host = Composition.BuildHost(_settings))
            {
                await Composition.UpgradeDatabase(host.Services, ct);
                await DemoMarketplace.Seed(host.Services, ct);
                await host.StartAsync(ct);
                Interlocked.Exchange(ref _restarted, null)?.TrySetResult();
                await host.WaitForShutdownAsync(current.Token);
            }

            if (ct.IsCancellationRequested || _restarted is null)
                return;
            foreach (var part in new[] { "", "-wal", "-shm" })
                File.Delete(_file + part);
        }
    }
}
