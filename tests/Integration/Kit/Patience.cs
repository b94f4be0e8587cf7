namespace MarketBot.Tests.Integration.Kit;

/// <summary>
/// How long a test waits where how fast it goes is not the question: far longer than a busy machine needs, so that only what never comes fails.
/// </summary>
internal static class Patience
{
    /// <summary>For whatever is waited for.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>For thousands of things, one after the other.</summary>
    public static readonly TimeSpan ForMasses = TimeSpan.FromMinutes(8);
}
