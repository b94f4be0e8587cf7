namespace MarketBot.Application.Common;

/// <summary>The number of rows of a long list that are read at once.</summary>
public static class Stretch
{
    /// <summary>Rows at most.</summary>
    public const int Most = 1000;

    /// <summary>Nothing, or more than is read at once.</summary>
    public static readonly Refusal CountInvalid = new("list.count_invalid");

    /// <summary>The property is a number of rows that may be read at once.</summary>
    internal static void IsStretch<TRequest>(this IRuleBuilder<TRequest, int> rule) => rule.Holds(count => count is >= 1 and <= Most, CountInvalid);
}
