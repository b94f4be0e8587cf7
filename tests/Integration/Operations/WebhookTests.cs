using System.Net;
using System.Text;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Data.Sqlite;

namespace MarketBot.Tests.Integration.Operations;

public class WebhookTests
{
    private const string Secret = "only-Telegram-knows-this_1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dialogue_by_webhook_works_and_the_webhook_is_set_only_once()
    {
        var address = Address();
        await using var bot = await Start(address);
        await bot.AddShop("Nuts", "k-1");
        await bot.Telegram.World.Until(() => bot.Telegram.World.Webhook.Url.Length > 0, Ct);

        var anna = await bot.Seller(1001, "k-1");
        await bot.Restart(Ct);
        await anna.Presses(Words.Ru.MyShops);

        Assert.Contains("⏸ Nuts", anna.Rows);
        Assert.Single(bot.Telegram.World.Calls, c => c.Method == "setWebhook");
        Assert.DoesNotContain(bot.Telegram.World.Calls, c => c.Method == "getUpdates");
    }

    [Fact]
    public async Task A_webhook_that_somebody_removed_is_set_again()
    {
        await using var bot = await Start(Address());
        await bot.Telegram.World.Until(() => bot.Telegram.World.Webhook.Url.Length > 0, Ct);
        using (var http = new HttpClient { BaseAddress = bot.Telegram.Url })
            Assert.True((await http.PostAsync($"/bot{bot.Telegram.Token}/deleteWebhook", null, Ct)).IsSuccessStatusCode);

        await bot.TimePassesUntil(() => bot.Telegram.World.Webhook.Url.Length > 0, Ct);
        await bot.Person(1001).Says("/start");

        Assert.Equal(2, bot.Telegram.World.Calls.Count(c => c.Method == "setWebhook"));
    }

    [Fact]
    public async Task A_webhook_whose_secret_is_an_old_one_is_set_again_and_nothing_is_lost()
    {
        var address = Address();
        await using var bot = await Start(address);
        await bot.Telegram.World.Until(() => bot.Telegram.World.Webhook.Url.Length > 0, Ct);
        using (var http = new HttpClient { BaseAddress = bot.Telegram.Url })
        {
            var old =
                $$"""
                {"url":"{{address}}/telegram/webhook","secret_token":"an-old-one",
                "allowed_updates":["message","edited_message","callback_query","my_chat_member"]}
                """;
            Assert.True(
                (await http.PostAsync($"/bot{bot.Telegram.Token}/setWebhook", new StringContent(old, Encoding.UTF8, "application/json"),
                    Ct)).IsSuccessStatusCode);
        }

        var anna = bot.Person(1001);
        anna.Person.Send("/start");
        await bot.TimePassesUntil(() => anna.MessagesFromBot > 0, Ct);

        Assert.Equal(3, bot.Telegram.World.Calls.Count(c => c.Method == "setWebhook"));
    }

    [Theory]
    [InlineData(null, """{"update_id":1}""", HttpStatusCode.Unauthorized)]
    [InlineData("wrong", """{"update_id":1}""", HttpStatusCode.Unauthorized)]
    [InlineData(Secret, "this is no JSON", HttpStatusCode.BadRequest)]
    [InlineData(Secret, """{"no":"id"}""", HttpStatusCode.BadRequest)]
    [InlineData(Secret, """{"update_id":1,"something_new":{"a":[1]}}""", HttpStatusCode.OK)]
    public async Task R32_R17_what_is_not_Telegrams_is_refused_and_what_is_unknown_is_stored(string? secret, string body, HttpStatusCode expected)
    {
        var address = Address();
        await using var bot = await Start(address);
        using var http = new HttpClient();

        var status = await Post(http, address, secret, body);

        Assert.Equal(expected, status.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, await bot.Value<long>("SELECT count(*) FROM marketbot_inbox"));
    }

    [Fact]
    public async Task R32_a_body_over_a_mebibyte_is_refused()
    {
        var address = Address();
        await using var bot = await Start(address);
        using var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Patience.Limit });

        var status = await Post(http, address, Secret, $$"""{"update_id":1,"pad":"{{new string('x', 1_100_000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status.StatusCode);
    }

    [Fact]
    public async Task R11_the_same_update_five_times_at_once_has_one_effect()
    {
        var address = Address();
        await using var bot = await Start(address);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        using var http = new HttpClient();
        var press =
            """
            {"update_id":900,"callback_query":{"id":"5","from":{"id":1001,"is_bot":false,"first_name":"Anna"},"chat_instance":"1","data":"on:1:1:1:1:",
            "message":{"message_id":ID,"date":1,"chat":{"id":1001,"type":"private"}}}}
            """
            .Replace("ID", $"{anna.Screen.Id}", StringComparison.Ordinal);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Post(http, address, Secret, press)));
        await bot.Settles(Ct);

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM marketbot_audit WHERE update_id = 900"));
        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops"));
    }

    [Fact]
    public async Task R13_a_slow_handler_does_not_keep_Telegram_waiting()
    {
        var telegram = new ShiftedTime();
        await using var bot = await Start(Address(), telegram);
        var anna = bot.Person(1001);
        bot.Telegram.World.Faults.Next(Fault.Delay(TimeSpan.FromSeconds(60)), "sendMessage");

        var asked = anna.Person.Send("/start");
        await bot.Telegram.World.Until(() => bot.Telegram.World.PendingUpdates == 0, TimeSpan.FromSeconds(30), Ct);

        Assert.Null(anna.Person.Chat.LastFromBot);
        await telegram.Elapses(TimeSpan.FromSeconds(60), Ct);
        await anna.AnswerTo(asked);
    }

    [Fact]
    public async Task R14_while_the_database_is_away_Telegram_is_told_to_come_again_and_nothing_is_lost()
    {
        var address = Address();
        await using var bot = await Start(address);
        using var http = new HttpClient();
        await bot.Execute("ALTER TABLE marketbot_inbox RENAME TO away");
        var ready = await http.GetAsync(new Uri($"{address}/health/ready"), Ct);
        var refused = await Post(http, address, Secret, """{"update_id":1}""");
        var live = await http.GetAsync(new Uri($"{address}/health/live"), Ct);

        await bot.Execute("ALTER TABLE away RENAME TO marketbot_inbox");
        SqliteConnection.ClearAllPools();
        var anna = bot.Person(1001);
        await anna.Says("/start");

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (refused.StatusCode, ready.StatusCode, live.StatusCode));
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task R33_while_the_token_is_refused_the_process_is_not_ready_and_what_was_to_be_sent_waits()
    {
        var address = Address();
        await using var bot = await Start(address);
        using var http = new HttpClient();
        var anna = bot.Person(1001);
        await anna.Says("/start");
        bot.Telegram.World.Faults.Next(Fault.Status(401), times: 1000);
        var asked = anna.Person.Send("/help");
        await bot.Logs("Telegram refuses the token", Ct);
        var refused = await http.GetAsync(new Uri($"{address}/health/ready"), Ct);

        bot.Telegram.World.Faults.Clear();
        bot.Time.Pass(TimeSpan.FromMinutes(1));
        await anna.AnswerTo(asked);
        await bot.Logs("Telegram takes the token again", Ct);
        var ready = await http.GetAsync(new Uri($"{address}/health/ready"), Ct);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (refused.StatusCode, ready.StatusCode));
        Assert.Contains("/cancel", anna.Sees, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_that_polls_removes_the_webhook_of_an_earlier_configuration()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.StopHost();
        using var http = new HttpClient();
        await http.GetAsync(new Uri($"{bot.Telegram.Url}bot{bot.Telegram.Token}/setWebhook?url=https://127.0.0.1:8443/old"), Ct);

        await bot.StartHost(Ct);
        var anna = bot.Person(1001);
        await anna.Says("/start");

        Assert.Equal("", bot.Telegram.World.Webhook.Url);
    }

    private static Task<TestBot> Start(string address, TimeProvider? telegram = null) => TestBot.Start(
        Ct,
        new Dictionary<string, string?>
        {
            ["Telegram:Mode"] = "Webhook",
            ["Telegram:WebhookUrl"] = $"{address}/telegram/webhook",
            ["Telegram:WebhookSecret"] = Secret,
            ["Telegram:WebhookListen"] = address,
        },
        playground: new PlaygroundOptions { Time = telegram ?? TimeProvider.System });

    private static string Address() => $"http://127.0.0.1:{Ports.Free()}";

    private static Task<HttpResponseMessage> Post(HttpClient http, string address, string? secret, string body)
    {
        var request =
            new HttpRequestMessage(HttpMethod.Post, $"{address}/telegram/webhook") { Content = new StringContent(body, Encoding.UTF8, "application/json") };

        // A server that refuses a body without reading it may close the connection while the body is still being sent.
        request.Headers.ExpectContinue = true;
        if (secret is not null)
            request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
        return http.SendAsync(request, Ct);
    }
}
