using System.Net;
using System.Net.Sockets;
using MarketBot.Presentation.Bot.Telegram;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace MarketBot.Tests.Unit.Presentation.Telegram;

public class BotClientTests
{
    private const string Me = """{"ok":true,"result":{"id":123456,"is_bot":true,"first_name":"Market"}}""";
    private const string Sent = """{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/tg")]
    [InlineData("/a/b/")]
    public async Task A_call_reaches_a_server_with_its_path_and_the_token_behind_it(string path)
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Ok(Sent));

        await Bot.At(server, path: path).SendMessage(17, "Привет", cancellationToken: Stop);

        var request = Assert.Single(server.Asked);
        Assert.StartsWith($"POST {path.TrimEnd('/')}/bot{Bot.Token}/sendMessage HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Updates_come_as_they_are_and_are_confirmed_beyond_32_bits()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Ok("""{"ok":true,"result":[{"update_id":9000000001,  "dream":{"x":1.50}}]}"""));

        var updates = await Bot.At(server).SendRequest(new GetRawUpdates { Offset = 9_000_000_000, Limit = 1 }, Stop);

        Assert.Equal("""{"update_id":9000000001,  "dream":{"x":1.50}}""", updates.Single().GetRawText());
        Assert.Contains("""{"offset":9000000000,"limit":1}""", server.Asked.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_share_a_connection()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Ok(Me), LoopbackServer.Ok(Sent), LoopbackServer.Ok(Me));
        var bot = Bot.At(server);

        await bot.GetMe(Stop);
        await bot.SendMessage(17, "x", cancellationToken: Stop);
        await bot.GetMe(Stop);

        Assert.Equal((3, 1), (server.Asked.Count, server.Connections));
    }

    [Fact]
    public async Task A_429_is_told_at_once_and_not_waited_out()
    {
        await using var server = LoopbackServer.Answering(
            LoopbackServer.Http(
                "429 Too Many Requests", "application/json",
                """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}"""),
            LoopbackServer.Ok(Sent));

        var refused = await Assert.ThrowsAsync<ApiRequestException>(() => Bot.At(server).SendMessage(17, "x", cancellationToken: Stop));

        Assert.Equal((429, 1), (refused.ErrorCode, refused.Parameters!.RetryAfter));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task A_refusal_carries_code_description_and_parameters()
    {
        var bot = Bot.Over(ScriptedHandler.Json(
            """{"ok":false,"error_code":400"""
            + ""","description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-4503599627370495}}""",
            HttpStatusCode.BadRequest));

        var refused = await Assert.ThrowsAsync<ApiRequestException>(() => bot.SendMessage(-5, "x", cancellationToken: Stop));

        Assert.Equal((400, "Bad Request: group chat was upgraded to a supergroup chat"), (refused.ErrorCode, refused.Message));
        Assert.Equal(-4503599627370495, refused.Parameters!.MigrateToChatId);
    }

    [Theory]
    [InlineData("<html><body>502 Bad Gateway</body></html>", HttpStatusCode.BadGateway)]
    [InlineData("", HttpStatusCode.ServiceUnavailable)]
    [InlineData("{}", HttpStatusCode.OK)]
    [InlineData("[]", HttpStatusCode.OK)]
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
    public async Task A_connection_that_never_opened_can_be_told_from_an_unknown_outcome()
    {
        var bot = BotClient.Create(Bot.Token, LoopbackServer.DeadUrl);

        var failed = await Assert.ThrowsAsync<RequestException>(() => bot.SendMessage(17, "x", cancellationToken: Stop));

        Assert.Equal(HttpRequestError.ConnectionError, Assert.IsType<HttpRequestException>(failed.InnerException).HttpRequestError);
        Assert.Null(failed.HttpStatusCode);
    }

    [Fact]
    public async Task A_host_without_an_address_can_be_told_from_an_unknown_outcome()
    {
        var bot = BotClient.Create(Bot.Token, "http://no-such-host.invalid");

        var failed = await Assert.ThrowsAsync<RequestException>(() => bot.SendMessage(17, "x", cancellationToken: Stop));

        var error = Assert.IsType<HttpRequestException>(failed.InnerException).HttpRequestError;
        Assert.True(error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError, $"{error}");
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

        var failed = await Assert.ThrowsAsync<RequestException>(() => BotClient.Create(Bot.Token, $"http://127.0.0.1:{address.Port}").GetMe(Stop));
        waiting.ForEach(client => client.Dispose());
        await Task.WhenAll(connecting).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(HttpRequestError.ConnectionError, Assert.IsType<HttpRequestException>(failed.InnerException).HttpRequestError);
    }

    [Fact]
    public async Task A_message_whose_connection_is_cut_is_not_sent_again()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Ok(Me), LoopbackServer.Cut, LoopbackServer.Ok(Sent));
        var bot = Bot.At(server);
        await bot.GetMe(Stop);

        var failed = await Assert.ThrowsAsync<RequestException>(() => bot.SendMessage(17, "x", cancellationToken: Stop));

        Assert.NotEqual(HttpRequestError.ConnectionError, Assert.IsType<HttpRequestException>(failed.InnerException).HttpRequestError);
        Assert.Single(server.Asked, request => request.Contains("/sendMessage ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_cut_in_the_middle_is_an_unknown_outcome()
    {
        await using var server = LoopbackServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\":true," + LoopbackServer.Cut);

        var failed = await Assert.ThrowsAsync<RequestException>(() => Bot.At(server).SendMessage(17, "x", cancellationToken: Stop));

        Assert.Equal(HttpRequestError.ResponseEnded, Assert.IsType<HttpRequestException>(failed.InnerException).HttpRequestError);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_because_it_would_carry_the_token_away()
    {
        await using var elsewhere = LoopbackServer.Answering(LoopbackServer.Ok(Me));
        await using var server =
            LoopbackServer.Answering($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Url}/bot{Bot.Token}/getMe\r\nContent-Length: 0\r\n\r\n");

        var failed = await Assert.ThrowsAsync<RequestException>(() => Bot.At(server).GetMe(Stop));

        Assert.Equal(HttpStatusCode.TemporaryRedirect, failed.HttpStatusCode);
        Assert.Empty(elsewhere.Asked);
    }

    [Fact]
    public async Task Cancelling_is_a_cancellation_and_a_time_out_is_none()
    {
        using var caller = new CancellationTokenSource();
        var cancelled = Bot.Over(new SilentHandler()).GetMe(caller.Token);
        var patient = Bot.Over(new SilentHandler());
        patient.Timeout = TimeSpan.FromMilliseconds(1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        var failed = await Assert.ThrowsAsync<RequestException>(() => patient.GetMe(Stop));
        Assert.IsType<TaskCanceledException>(failed.InnerException);
    }
}
