using System.Diagnostics;
using System.Net;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>Processes on one PostgreSQL are killed in turn: everything is handled, once. Times do not matter here.</summary>
public class KilledInstanceTests(ITestOutputHelper output)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_nginx_of_the_documentation_finds_an_instance_that_is_there_and_shows_nothing_but_the_webhook()
    {
        await using var cluster = await Cluster.Prepare(3, Market.Rows(30), Ct, isBehindNginx: true);
        var market = new Market(cluster.World, 30, new Random(3), onlyPresses: true);
        await cluster.Start(Ct);
        market.Greet();
        await cluster.Settles(Ct);

        market.Act(200);
        await cluster.Kill(1, Ct);
        market.Act(200);
        await cluster.Settles(Ct);

        await market.Verify(cluster.Database);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(cluster.Nginx!.Url, "/health/ready"), Ct)).StatusCode);
    }

    [Fact]
    public Task Nine_kills_in_turn_of_three_polling_instances_lose_nothing_and_apply_nothing_twice() =>
        SurvivesKills(seed: 9, kills: 9, updatesPerRound: 60, isWebhook: false);

    [Fact]
    public Task Six_kills_in_turn_of_three_instances_behind_a_balancer_lose_nothing_and_apply_nothing_twice() =>
        SurvivesKills(seed: 6, kills: 6, updatesPerRound: 60, isWebhook: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait(Size.Trait, Size.Full)]
    public Task A_hundred_kills_in_turn_of_three_instances_lose_nothing_and_apply_nothing_twice(bool isWebhook)
    {
        Size.IsFull();
        return SurvivesKills(seed: 100, kills: 100, updatesPerRound: 100, isWebhook);
    }

    private async Task SurvivesKills(int seed, int kills, int updatesPerRound, bool isWebhook)
    {
        const int Users = 60;
        var random = new Random(seed);
        await using var cluster = await Cluster.Prepare(3, Market.Rows(Users), Ct, isWebhook);
        var market = new Market(cluster.World, Users, random, onlyPresses: isWebhook);
        await cluster.Start(Ct);
        market.Greet();
        await cluster.Settles(Ct);
        var watch = Stopwatch.StartNew();

        for (var kill = 0; kill < kills; kill++)
        {
            market.Act(updatesPerRound);
            var last = cluster.World.Log.LastNumber + random.Next(1, 70);
            await cluster.World.Until(() => cluster.World.Log.LastNumber >= last || cluster.World.PendingUpdates == 0, Patience.Limit, Ct);
            await cluster.Kill(kill % cluster.Count, Ct);
            await cluster.Launch(kill % cluster.Count);
        }

        market.Act(updatesPerRound);
        await cluster.Settles(Ct);
        output.WriteLine(
            $"{market.Updates} updates, {market.Effects} effects, {kills} kills of 3 instances, {market.DuplicatedMessages} messages twice, "
            + $"{watch.Elapsed.TotalSeconds:F0} s");
        await market.Verify(cluster.Database);

        // Several lanes are under way at a kill, each perhaps between its message and the note that it was sent.
        Assert.InRange(market.DuplicatedMessages, 0, 5 * kills);
    }
}
