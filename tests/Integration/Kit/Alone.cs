namespace MarketBot.Tests.Integration.Kit;

/// <summary>
/// Tests that hold the bot to a time run one after the other, when all others are over: what they measure is the bot, not how a small machine shares its disk
/// and cores among tests.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Alone";
}
