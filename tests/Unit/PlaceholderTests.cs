namespace MarketBot.Tests.Unit;

public class PlaceholderTests
{
    [Fact]
    public void The_test_project_runs() => Assert.Equal("MarketBot.Tests.Unit", typeof(PlaceholderTests).Assembly.GetName().Name);
}
