using System.Globalization;
using System.Reflection;
using System.Text;
using MarketBot.Application.Common;
using MarketBot.Presentation.Bot.Routing;

namespace MarketBot.Tests.Unit.Conventions;

public class ScreensPageTests
{
    /// <summary>Set it to write the page anew.</summary>
    private const string Rewrite = "MARKETBOT_WRITE_DOCS";

    private const string Command = $"{Rewrite}=1 dotnet test tests/Unit --filter ScreensPageTests";

    [Fact]
    public void The_page_of_screens_is_made_from_the_route_table()
    {
        var file = Path.Combine(House.Root, "docs", "screens.md");
        var page = Page(RouteTable.Scan(House.Bot));
        if (Environment.GetEnvironmentVariable(Rewrite) is not null)
            File.WriteAllText(file, page);

        var written = File.ReadAllText(file);
        var differs = page.Split('\n').Except(written.Split('\n')).Concat(written.Split('\n').Except(page.Split('\n'))).FirstOrDefault();
        Assert.True(page == written, $"docs/screens.md is not what the routes say, as in the line \"{differs}\". To write the page anew: {Command}");
    }

    private static string Page(RouteTable table)
    {
        var page = new StringBuilder()
            .Append("# Screens\n\nMade from the route table; to make it anew, run `")
            .Append(Command).Append("`.\n\n| Route | Kind | Request | Who may | Even inactive |\n|---|---|---|---|---|\n");
        foreach (var (kind, route) in table.All.OrderBy(r => r.Kind).ThenBy(r => r.Route.Name, StringComparer.Ordinal))
        {
            var rule = route.Request.GetCustomAttribute<AllowAttribute>()!;
            var name = kind == RouteKind.Command ? $"/{route.Name}" : route.Name;
            var arguments = route.Arguments is null
                ? "" : string.Concat(route.Arguments.GetProperties().Where(p => p.Name != "EqualityContract").Select(p => $":{p.Name}"));
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{name}{arguments}` | {kind}{(route.IsSecret ? ", secret" : "")} | {route.Request.Name} | {rule.Who} | "
                + $"{(rule.EvenInactive ? "yes" : "no")} |\n");
        }

        return page.ToString();
    }
}
