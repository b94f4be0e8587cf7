using System.Diagnostics;
using System.Net;
using System.Text;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>Several processes on one PostgreSQL, and how soon they do what is promised.</summary>
[Collection(Alone.Name)]
public class InstanceTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(15);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R18_of_three_that_could_poll_one_does_and_when_it_is_killed_another_takes_over()
    {
        await using var cluster = await Cluster.Prepare(3, Market.Rows(30), Ct);
        var market = new Market(cluster.World, 30, new Random(18));
        await cluster.Start(Ct);
        market.Greet();
        await cluster.Settles(Ct);
        var leader = await Leader(cluster);

        market.Act(200);
        await cluster.Kill(leader, Ct);
        var watch = Stopwatch.StartNew();
        await cluster.World.Until(() => cluster.World.IsPolled, Takeover, Ct);
        output.WriteLine($"polling taken over after {watch.Elapsed.TotalSeconds:F1} s");
        await cluster.Settles(Takeover, Ct);
        output.WriteLine($"its lanes taken over and worked off after {watch.Elapsed.TotalSeconds:F1} s");

        await market.Verify(cluster.Database);
        Assert.DoesNotContain(cluster.World.Calls, c => c.ErrorCode == 409);
    }

    [Fact]
    public async Task R19_by_webhook_to_three_instances_each_update_counts_once_and_in_order()
    {
        await using var cluster = await Cluster.Prepare(3, Market.Rows(60), Ct, isWebhook: true);
        var market = new Market(cluster.World, 60, new Random(19), onlyPresses: true);
        await cluster.Start(Ct);
        market.Greet();
        await cluster.Settles(Ct);

        market.Act(600);
        await cluster.Settles(Ct);

        output.WriteLine($"{market.Updates} updates, {market.Effects} effects, {market.DuplicatedMessages} messages twice");
        await market.Verify(cluster.Database);
        Assert.Equal(0, market.DuplicatedMessages);
    }

    [Fact]
    public async Task R11_an_update_sent_many_times_to_two_instances_has_one_effect_and_a_late_copy_none()
    {
        await using var cluster = await Cluster.Prepare(2, Market.Rows(1), Ct, isWebhook: true);
        var anna = Market.PersonOf(cluster.World, 1);
        await cluster.Start(Ct);
        anna.Send("/menu");
        var menu = await cluster.World.WaitFor(() => anna.Chat.LastFromBot, Patience.Limit, Ct);
        string Press(int update, string data) =>
            $$$"""{"update_id":{{{update}}},"callback_query":{"id":"5","from":{"id":{{{anna.Id}}},"is_bot":false,"first_name":"Anna"}"""
            + $$$""","chat_instance":"1","data":"{{{data}}}","message":{"message_id":{{{menu.Id}}}"""
            + $$$""","date":1,"chat":{"id":{{{anna.Id}}},"type":"private"} } } }""";

        await PostAtOnce(cluster, Press(900_000_000, "on:1:1:1:1:"), 10);
        await PostAtOnce(cluster, Press(900_000_001, "on:1:0:1:1:"), 10);
        await PostAtOnce(cluster, Press(900_000_000, "on:1:1:1:1:"), 10);
        await cluster.Settles(Ct);

        Assert.Equal(["on", "off"], await cluster.Database.Column("SELECT after FROM marketbot_audit ORDER BY id"));
        Assert.Equal(0, await cluster.Database.Value<long>("SELECT is_active FROM shops WHERE id = 1"));
    }

    [Fact]
    public Task An_instance_that_slept_through_its_leases_does_no_harm() => SurvivesSleep(TimeSpan.FromSeconds(13));

    [Fact]
    [Trait(Size.Trait, Size.Full)]
    public Task An_instance_that_slept_for_30_seconds_does_no_harm()
    {
        Size.IsFull();
        return SurvivesSleep(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public Task R28_PostgreSQL_away_for_3_seconds_under_load_loses_nothing() => SurvivesRestartOfPostgres(TimeSpan.FromSeconds(3));

    [Fact]
    [Trait(Size.Trait, Size.Full)]
    public Task R28_PostgreSQL_away_for_20_seconds_under_load_loses_nothing()
    {
        Size.IsFull();
        return SurvivesRestartOfPostgres(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task R20_a_rolling_restart_under_load_loses_nothing_and_each_stops_in_10_seconds()
    {
        await using var cluster = await Cluster.Prepare(3, Market.Rows(60), Ct, isWebhook: true);
        var market = new Market(cluster.World, 60, new Random(20), onlyPresses: true);
        await cluster.Start(Ct);
        market.Greet();
        await cluster.Settles(Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var load = Load(market, 100, stop.Token);

        for (var place = 0; place < cluster.Count; place++)
        {
            cluster[place].Terminate();
            Assert.Equal(0, await cluster[place].Exit(Ct, TimeSpan.FromSeconds(12)));
            await cluster.Launch(place);
            await cluster.IsShared(cluster.Count, Ct);
        }

        await stop.CancelAsync();
        output.WriteLine($"{await load} updates at 100/s during a rolling restart of 3 instances");
        await cluster.Settles(Ct);
        await market.Verify(cluster.Database);
    }

    [Fact]
    public async Task R54_three_instances_that_start_together_set_the_webhook_once()
    {
        await using var cluster = await Cluster.Prepare(3, "SELECT 1", Ct, isWebhook: true);

        await cluster.Start(Ct);
        await cluster.World.Until(() => cluster.World.Webhook.Url.Length > 0, Takeover, Ct);
        await Kill(cluster, await Leader(cluster));
        var second = await Leader(cluster);
        await cluster.World.Until(() => cluster.World.Calls.Count(c => c.Method == "getWebhookInfo") == 2, Takeover, Ct);

        output.WriteLine($"instance {second} took over");
        Assert.Single(cluster.World.Calls, c => c.Method == "setWebhook");
    }

    private static async Task PostAtOnce(Cluster cluster, string update, int times)
    {
        using var http = new HttpClient();
        var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(async _ =>
        {
            using var request =
                new HttpRequestMessage(HttpMethod.Post, cluster.Webhook) { Content = new StringContent(update, Encoding.UTF8, "application/json") };
            request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", Cluster.Secret);
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }));
        Assert.All(answers, code => Assert.Equal(HttpStatusCode.OK, code));
    }

    private async Task SurvivesSleep(TimeSpan sleep)
    {
        await using var cluster = await Cluster.Prepare(2, Market.Rows(40), Ct);
        var market = new Market(cluster.World, 40, new Random(30));
        await cluster.Start(Ct);
        market.Greet();
        await cluster.Settles(Ct);
        var leader = await Leader(cluster);

        market.Act(400);
        await cluster.World.Until(() => cluster.World.PendingUpdates < 350, Patience.Limit, Ct);
        cluster[leader].Suspend();
        var watch = Stopwatch.StartNew();
        await cluster.IsShared(1, Ct);
        market.Act(200);
        await cluster.Settles(Takeover, Ct);
        output.WriteLine($"{Takeover} at most: everything done {watch.Elapsed.TotalSeconds:F1} s after the instance stood still");
        await TestBot.Until(() => Task.FromResult(watch.Elapsed > sleep), sleep + sleep, Ct);
        cluster[leader].Resume();
        market.Act(200);
        await cluster.IsShared(2, Ct);
        market.Act(200);
        await cluster.Settles(Ct);

        await market.Verify(cluster.Database);
    }

    private async Task SurvivesRestartOfPostgres(TimeSpan away)
    {
        await using var server = await PostgresServer.Start(isDurable: true);
        await using var cluster = await Cluster.Prepare(2, Market.Rows(60), Ct, isWebhook: true, server);
        var market = new Market(cluster.World, 60, new Random(28), onlyPresses: true);
        await cluster.Start(Ct);
        market.Greet();
        await cluster.Settles(Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var load = Load(market, 50, stop.Token);

        await server.Halt();
        var watch = Stopwatch.StartNew();
        await TestBot.Until(() => Task.FromResult(watch.Elapsed > away && cluster.Balancer!.Refusals > 0), away + away, Ct);
        await server.Resume();
        watch.Restart();
        var answered = cluster.World.Log.LastNumber;
        await cluster.World.Until(() => cluster.World.Log.LastNumber > answered, TimeSpan.FromSeconds(5), Ct);
        output.WriteLine($"first answer {watch.Elapsed.TotalSeconds:F1} s after PostgreSQL was back from {away.TotalSeconds} s");
        await stop.CancelAsync();
        await load;
        await cluster.Settles(Ct);

        Assert.True(cluster.Balancer!.Refusals > 0);
        await market.Verify(cluster.Database);
    }

    private static async Task<int> Load(Market market, int perSecond, CancellationToken ct)
    {
        var updates = 0;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await tick.WaitForNextTickAsync(ct))
            {
                market.Act(perSecond / 10);
                updates += perSecond / 10;
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        return updates;
    }

    private static async Task<int> Leader(Cluster cluster)
    {
        await TestBot.Until(() => Task.FromResult(cluster.Leader() is not null), Takeover, Ct);
        return cluster.Leader()!.Value;
    }

    private static Task Kill(Cluster cluster, int place) => cluster.Kill(place, Ct);
}
