using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace MarketBot.Tests.Unit.BotApi;

public class FailureTests
{
    private const string SlowDown = """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}""";
    private const string Me = """{"ok":true,"result":{"id":123456,"is_bot":true,"first_name":"Market"}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.OK)]
    public async Task A_refusal_carries_code_description_and_parameters(HttpStatusCode status)
    {
        var bot = Bot.Over(ScriptedHandler.Json(
            """{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-4503599627370495}}""", status));

        var refused = await Assert.ThrowsAsync<ApiRequestException>(() => bot.SendMessage(-5, "x", cancellationToken: Stop));

        Assert.Equal((400, "Bad Request: group chat was upgraded to a supergroup chat"), (refused.ErrorCode, refused.Message));
        Assert.Equal((-4503599627370495, null), (refused.Parameters!.MigrateToChatId, refused.Parameters.RetryAfter));
    }

    [Fact]
    public async Task A_server_that_takes_no_connection_is_one_that_was_not_reached()
    {
        using var full = new Socket(SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var address = (IPEndPoint)full.LocalEndPoint!;
        var waiting = Enumerable.Range(0, 4).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp)).ToList();
        var connecting = waiting.ConvertAll(client => client.ConnectAsync(address, Stop).AsTask());

        var bot = new TelegramBotClient(new TelegramBotClientOptions(Bot.Token, $"http://127.0.0.1:{address.Port}"));
        var failed = await Assert.ThrowsAsync<RequestException>(() => bot.GetMe(Stop));
        waiting.ForEach(client => client.Dispose());
        await Task.WhenAll(connecting).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(HttpRequestError.ConnectionError, Assert.IsType<HttpRequestException>(failed.InnerException).HttpRequestError);
    }

    [Theory]
    [InlineData("<html><body>502 Bad Gateway</body></html>", HttpStatusCode.BadGateway)]
    [InlineData("", HttpStatusCode.ServiceUnavailable)]
    [InlineData("{}", HttpStatusCode.OK)]
    [InlineData("null", HttpStatusCode.OK)]
    [InlineData("[]", HttpStatusCode.OK)]
    [InlineData("""{"result":{}}""", HttpStatusCode.OK)]
    [InlineData("""{"ok":true}""", HttpStatusCode.OK)]
    [InlineData("""{"ok":false}""", HttpStatusCode.InternalServerError)]
    [InlineData("""{"ok":true,"result":{"id":"x"}}""", HttpStatusCode.OK)]
    public async Task An_answer_that_is_none_of_the_Bot_APIs_is_a_request_exception_with_the_status(string body, HttpStatusCode status)
    {
        var bot = Bot.Over(ScriptedHandler.Json(body, status));

        var failed = await Assert.ThrowsAsync<RequestException>(() => bot.GetMe(Stop));

        Assert.Equal(status, failed.HttpStatusCode);
    }

    [Fact]
    public async Task An_odd_charset_does_not_matter()
    {
        var bot = Bot.Over(new ScriptedHandler(_ =>
        {
            var content = new StringContent(Me);
            content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "klingon" };
            return new HttpResponseMessage { Content = content };
        }));

        var me = await bot.GetMe(Stop);

        Assert.Equal(123456, me.Id);
    }

    [Fact]
    public async Task A_429_is_waited_out_and_repeated()
    {
        var clock = new ImpatientClock();
        var server = new ScriptedHandler(ScriptedHandler.Answer(SlowDown, HttpStatusCode.TooManyRequests), ScriptedHandler.Answer(Me));

        var me = await Bot.Over(server, clock: clock).GetMe(Stop);

        Assert.Equal((123456, 2), (me.Id, server.Asked.Count));
        Assert.Equal([TimeSpan.FromSeconds(7)], clock.Waits);
    }

    [Theory]
    [InlineData(60, 3, 3)]
    [InlineData(7, 2, 2)]
    [InlineData(6, 3, 1)]
    [InlineData(0, 3, 1)]
    [InlineData(60, 1, 1)]
    [InlineData(60, 0, 1)]
    public async Task A_429_is_repeated_up_to_the_count_when_the_wait_is_within_the_threshold(int threshold, int count, int sent)
    {
        var server = ScriptedHandler.Json(SlowDown, HttpStatusCode.TooManyRequests);

        var refused = await Assert.ThrowsAsync<ApiRequestException>(() => Bot.Over(server, threshold, count, new ImpatientClock()).SendMessage(17, "x", cancellationToken: Stop));

        Assert.Equal((429, 7, sent), (refused.ErrorCode, refused.Parameters!.RetryAfter, server.Asked.Count));
        Assert.All(server.Asked, asked => Assert.Equal("""{"chat_id":17,"text":"x"}""", asked.Body));
    }

    [Theory]
    [InlineData("""{"ok":false,"error_code":429,"description":"Too Many Requests"}""")]
    [InlineData("""{"ok":false,"error_code":500,"description":"Internal Server Error: restart","parameters":{"retry_after":1}}""")]
    public async Task Nothing_else_is_repeated(string answer)
    {
        var server = ScriptedHandler.Json(answer, HttpStatusCode.InternalServerError);

        await Assert.ThrowsAsync<ApiRequestException>(() => Bot.Over(server, clock: new ImpatientClock()).GetMe(Stop));

        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task Cancelling_during_the_wait_after_a_429_stops_at_once()
    {
        using var caller = new CancellationTokenSource();
        var server = new ScriptedHandler(request =>
        {
            caller.Cancel();
            return ScriptedHandler.Answer(SlowDown, HttpStatusCode.TooManyRequests)(request);
        });

        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Bot.Over(server).GetMe(caller.Token));

        Assert.Equal(caller.Token, stopped.CancellationToken);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task Cancelling_is_told_with_the_callers_token()
    {
        using var caller = new CancellationTokenSource();
        var call = Bot.Over(new SilentHandler()).GetMe(caller.Token);

        await caller.CancelAsync();

        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, stopped.CancellationToken);
    }

    [Fact]
    public async Task The_clients_own_token_cancels_every_call()
    {
        using var all = new CancellationTokenSource();
        var bot = new TelegramBotClient(Bot.Token, new HttpClient(new SilentHandler()), all.Token);
        using var caller = new CancellationTokenSource();
        Task[] calls = [bot.GetMe(caller.Token), bot.GetMe(CancellationToken.None)];

        await all.CancelAsync();

        foreach (var call in calls)
            Assert.Equal(all.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call)).CancellationToken);
    }

    [Fact]
    public async Task A_time_out_is_no_cancellation()
    {
        var bot = Bot.Over(new SilentHandler());
        bot.Timeout = TimeSpan.FromMilliseconds(1);

        var failed = await Assert.ThrowsAsync<RequestException>(() => bot.GetMe(Stop));

        Assert.EndsWith("Request timed out", failed.Message, StringComparison.Ordinal);
        Assert.IsType<TaskCanceledException>(failed.InnerException);
    }

    [Fact]
    public async Task A_refused_token_fails_the_test_of_the_API()
    {
        var refusing = Bot.Over(ScriptedHandler.Json("""{"ok":false,"error_code":401,"description":"Unauthorized"}""", HttpStatusCode.Unauthorized));
        var accepting = Bot.Over(ScriptedHandler.Json(Me));

        var answers = (await refusing.TestApi(Stop), await accepting.TestApi(Stop));

        Assert.Equal((false, true), answers);
    }
}
