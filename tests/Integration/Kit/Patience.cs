namespace MarketBot.Tests.Integration.Kit;

/// <summary>
/// The time that a test waits where speed is not the question: far longer than a busy machine needs, so that a test fails only when nothing ever comes.
/// </summary>
internal static class Patience
{
    /// <summary>For whatever is waited for.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>For thousands of things, one after the other.</summary>
    public static readonly TimeSpan ForMasses = TimeSpan.FromMinutes(8);
}
