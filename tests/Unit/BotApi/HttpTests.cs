using System.Net;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace MarketBot.Tests.Unit.BotApi;

public class HttpTests
{
    private const string Me = """{"ok":true,"result":{"id":123456,"is_bot":true,"first_name":"Market"}}""";
    private const string Sent = """{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_reaches_a_server_with_the_token_in_its_path()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Ok(Sent));

        await Bot.At(server).SendMessage(17, "Привет", cancellationToken: Stop);

        var request = Assert.Single(server.Asked);
        Assert.StartsWith($"POST /bot{Bot.Token}/sendMessage HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_test_environment_has_a_path_of_its_own()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Ok(Me));
        var bot = new TelegramBotClient(new TelegramBotClientOptions(Bot.Token, server.Url + "/ignored?x=1", useTestEnvironment: true));

        await bot.GetMe(Stop);

        Assert.StartsWith($"POST /bot{Bot.Token}/test/getMe HTTP/1.1\r\n", server.Asked.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_share_a_connection()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Ok(Me), LoopbackServer.Ok(Sent), LoopbackServer.Ok(Me));
        var bot = Bot.At(server);

        await bot.GetMe(Stop);
        await bot.SendMessage(17, "x", cancellationToken: Stop);
        await bot.GetMe(Stop);

        Assert.Equal(3, server.Asked.Count);
    }

    [Fact]
    public async Task A_connection_that_never_opened_can_be_told_from_an_unknown_outcome()
    {
        var bot = new TelegramBotClient(new TelegramBotClientOptions(Bot.Token, LoopbackServer.DeadUrl));

        var failed = await Assert.ThrowsAsync<RequestException>(() => bot.SendMessage(17, "x", cancellationToken: Stop));

        Assert.Equal(HttpRequestError.ConnectionError, Assert.IsType<HttpRequestException>(failed.InnerException).HttpRequestError);
        Assert.Null(failed.HttpStatusCode);
    }

    [Fact]
    public async Task A_host_without_an_address_can_be_told_from_an_unknown_outcome()
    {
        var bot = new TelegramBotClient(new TelegramBotClientOptions(Bot.Token, "http://no-such-host.invalid"));

        var failed = await Assert.ThrowsAsync<RequestException>(() => bot.SendMessage(17, "x", cancellationToken: Stop));

        var error = Assert.IsType<HttpRequestException>(failed.InnerException).HttpRequestError;
        Assert.True(error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError, $"{error}");
    }

    [Fact]
    public async Task A_message_whose_connection_is_cut_is_not_sent_again()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Ok(Me), LoopbackServer.Cut, LoopbackServer.Ok(Sent));
        var bot = Bot.At(server);
        await bot.GetMe(Stop);

        var failed = await Assert.ThrowsAsync<RequestException>(() => bot.SendMessage(17, "x", cancellationToken: Stop));

        var error = Assert.IsType<HttpRequestException>(failed.InnerException).HttpRequestError;
        Assert.NotEqual(HttpRequestError.ConnectionError, error);
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
    public async Task A_page_of_a_proxy_is_a_request_exception_with_the_status()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Http("502 Bad Gateway", "text/html", "<html>502</html>"));

        var failed = await Assert.ThrowsAsync<RequestException>(() => Bot.At(server).GetMe(Stop));

        Assert.Equal(HttpStatusCode.BadGateway, failed.HttpStatusCode);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_because_it_would_carry_the_token_away()
    {
        await using var elsewhere = LoopbackServer.Answering(LoopbackServer.Ok(Me));
        await using var server = LoopbackServer.Answering($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Url}/bot{Bot.Token}/getMe\r\nContent-Length: 0\r\n\r\n");

        var failed = await Assert.ThrowsAsync<RequestException>(() => Bot.At(server).GetMe(Stop));

        Assert.Equal(HttpStatusCode.TemporaryRedirect, failed.HttpStatusCode);
        Assert.Empty(elsewhere.Asked);
    }

    [Fact]
    public async Task A_429_of_a_real_server_is_repeated_on_the_same_connection()
    {
        await using var server = LoopbackServer.Answering(
            LoopbackServer.Http("429 Too Many Requests", "application/json", """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}"""),
            LoopbackServer.Ok(Sent));
        var clock = new ImpatientClock();
        var bot = new TelegramBotClient(new TelegramBotClientOptions(Bot.Token, server.Url)) { Clock = clock };

        var message = await bot.SendMessage(17, "x", cancellationToken: Stop);

        Assert.Equal((1, 2), (message.Id, server.Asked.Count));
        Assert.Equal([TimeSpan.FromSeconds(3)], clock.Waits);
    }
}
