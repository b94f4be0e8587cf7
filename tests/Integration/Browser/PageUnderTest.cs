using Microsoft.Playwright;

namespace MarketBot.Tests.Integration.Browser;

/// <summary>The chat page in a browser window, with words for what people do there.</summary>
internal sealed class PageUnderTest : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _problems;

    private PageUnderTest(IBrowserContext context, IPage tab, List<string> problems) => (_context, Tab, _problems) = (context, tab, problems);

    public IPage Tab { get; }

    public ILocator Messages => Tab.Locator("#messages > li.message");

    public ILocator Last => Messages.Last;

    public ILocator Toast => Tab.Locator("#toast");

    public ILocator Entries => Tab.Locator("#entries > li");

    public static async Task<PageUnderTest> Open(IBrowserContext context, Uri playground, long? person = null)
    {
        var problems = new List<string>();
        var tab = await context.NewPageAsync();
        tab.PageError += (_, error) => problems.Add(error);
        tab.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal))
                problems.Add(message.Text);
        };
        tab.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: not "blob" } address && !address.IsLoopback)
                problems.Add("A request left the machine: " + request.Url);
        };
        await tab.GotoAsync(playground + (person is null ? "" : $"#{person}"));
        await tab.WaitForSelectorAsync("body[data-ready]");
        return new PageUnderTest(context, tab, problems);
    }

    /// <summary>A second tab of the same window.</summary>
    public Task<PageUnderTest> AnotherTab(long person) => Open(_context, new Uri(new Uri(Tab.Url), "/"), person);

    public Task Choose(string name) => Tab.Locator("#chats button", new() { HasText = name }).ClickAsync();

    public async Task Send(string text)
    {
        await Tab.FillAsync("#text", text);
        await Tab.PressAsync("#text", "Enter");
    }

    public Task Press(string label) => Messages.Locator(".keyboard button", new() { HasText = label }).Last.ClickAsync();

    public Task Sees(string text) => Assertions.Expect(Last).ToContainTextAsync(text);

    public Task SeesButton(string label) => Assertions.Expect(Messages.Locator(".keyboard button", new() { HasText = label }).Last).ToBeVisibleAsync();

    public Task SeesNowhere(string text) => Assertions.Expect(Tab.Locator("#messages")).Not.ToContainTextAsync(text);

    public Task SeesToast(string text) => Assertions.Expect(Toast).ToContainTextAsync(text);

    public Task OpenTab(string name) => Tab.ClickAsync($"#tab{name}");

    /// <summary>Keeps a picture of the window among the results of the run.</summary>
    public async Task Keep(string name)
    {
        Assert.False(await Tab.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "The page is wider than the window.");
        await Tab.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Results(), name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_problems);
    }

    private static string Results()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is not null && !File.Exists(Path.Combine(folder.FullName, "MarketBot.sln")))
            folder = folder.Parent;
        return Directory.CreateDirectory(Path.Combine(folder.FullName, "TestResults", "screenshots")).FullName;
    }
}
