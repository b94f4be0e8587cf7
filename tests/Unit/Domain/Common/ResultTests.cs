using MarketBot.Domain.Common;

namespace MarketBot.Tests.Unit.Domain.Common;

public class ResultTests
{
    private static readonly Refusal No = new("test.no");

    [Fact]
    public void Done_has_no_refusal() => Assert.Null(Result.Done.Refusal);

    [Fact]
    public void A_refusal_becomes_a_result()
    {
        Result result = No;

        Assert.Equal(No, result.Refusal);
        Assert.Equal(Result.Refuse(No), result);
    }

    [Fact]
    public void A_value_becomes_a_result()
    {
        Result<int> result = 7;

        Assert.Null(result.Refusal);
        Assert.Equal(7, result.Value);
    }

    [Fact]
    public void A_refused_result_has_no_value_and_says_why()
    {
        Result<int> result = No;

        var failure = Assert.Throws<InvalidOperationException>(() => result.Value);

        Assert.Equal(No, result.Refusal);
        Assert.Contains("test.no", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_the_same_end_are_equal()
    {
        Result<string> one = "a";
        Result<string> same = "a";
        Result<string> other = "b";

        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
        Assert.NotEqual(one, Result<string>.Refuse(No));
    }

    [Fact]
    public void Every_result_can_be_printed()
    {
        Result<int> seven = 7;

        Assert.Contains("7", seven.ToString(), StringComparison.Ordinal);
        Assert.Contains("test.no", Result<int>.Refuse(No).ToString(), StringComparison.Ordinal);
        Assert.Contains("test.no", Result.Refuse(No).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_may_say_how_long_to_wait()
    {
        var later = No with { RetryAfter = TimeSpan.FromMinutes(3) };

        Assert.Equal("test.no", later.Code);
        Assert.Equal(TimeSpan.FromMinutes(3), later.RetryAfter);
        Assert.NotEqual(No, later);
    }

    [Fact]
    public void Pipeline_steps_can_refuse_through_the_type()
    {
        Assert.Equal(No, Refused<Result>().Refusal);
        Assert.Equal(No, Refused<Result<string>>().Refusal);

        static T Refused<T>()
            where T : IOutcome<T> => T.Refuse(No);
    }
}
