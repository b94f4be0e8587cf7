using MarketBot.Tests.Integration.Kit;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(MarketBot.Tests.Integration.Browser.Chromium))]

namespace MarketBot.Tests.Integration.Browser;

/// <summary>One headless Chromium for all browser tests: the system's own, nothing is downloaded. It starts with the first page.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync"];

    private readonly SemaphoreSlim _gate = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Executable => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : Places.FirstOrDefault(File.Exists);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A browser window of its own; skips the test where there is no Chromium.</summary>
    public async Task<IBrowserContext> Open(string locale = "ru-RU", bool dark = false, int width = 1440, int height = 860)
    {
        Assert.SkipUnless(
            Executable is not null,
            $"No Chromium is installed (looked in {string.Join(", ", Places)} and in CHROMIUM), so the page is not tried in a browser.");
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await _playwright.Chromium.LaunchAsync(
                new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = Arguments, Headless = true });
        }
        finally
        {
            _gate.Release();
        }

        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = locale,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Permissions = ["clipboard-read", "clipboard-write"],
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        Assertions.SetDefaultExpectTimeout((float)Patience.Limit.TotalMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _gate.Dispose();
    }
}
