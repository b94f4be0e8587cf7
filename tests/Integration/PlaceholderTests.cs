namespace MarketBot.Tests.Integration;

public class PlaceholderTests
{
    [Fact]
    public void The_test_project_runs() => Assert.Equal("MarketBot.Tests.Integration", typeof(PlaceholderTests).Assembly.GetName().Name);
}
