using System.Net;
using System.Text;
using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Playground;

public class ApiShapeTests
{
    [Fact]
    public async Task A_wrong_token_is_unauthorized()
    {
        await using var bot = await RawBot.Start();

        using var response = await bot.Http.GetAsync($"{bot.Url}bot1:wrong/getMe", RawBot.Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("""{"ok":false,"error_code":401,"description":"Unauthorized"}""", await response.Content.ReadAsStringAsync(RawBot.Ct));
    }

    [Fact]
    public async Task An_unknown_method_is_not_found()
    {
        await using var bot = await RawBot.Start();

        var reply = await bot.Call("sendTelepathy");

        Assert.Equal("404 Not Found", reply.Error);
        Assert.Contains(bot.World.Violations, v => v.Method == "sendTelepathy");
    }

    [Fact]
    public async Task Method_names_ignore_case_and_get_works()
    {
        await using var bot = await RawBot.Start();

        var reply = await bot.Get("GETME");

        Assert.True(reply.Ok);
        Assert.True(reply.Result.GetProperty("is_bot").GetBoolean());
    }

    [Theory]
    [InlineData("query")]
    [InlineData("json")]
    [InlineData("form")]
    [InlineData("multipart")]
    public async Task Parameters_may_come_in_every_way_that_Telegram_takes(string way)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        var keyboard = """{"inline_keyboard":[[{"text":"Да","callback_data":"yes"}]]}""";
        var fields = new Dictionary<string, string> { ["chat_id"] = $"{anna.Id}", ["text"] = "Привет & <пока>", ["reply_markup"] = keyboard };

        var reply = way switch
        {
            "query" => await bot.Get("sendMessage?" + string.Join('&', fields.Select(f => f.Key + "=" + Uri.EscapeDataString(f.Value)))),
            "json" => await bot.Post("sendMessage", new StringContent(
                $$"""{"chat_id":{{anna.Id}},"text":"Привет & <пока>","reply_markup":{{keyboard}}}""", Encoding.UTF8, "application/json")),
            "form" => await bot.Post("sendMessage", new FormUrlEncodedContent(fields)),
            _ => await bot.Post("sendMessage", Multipart(fields)),
        };

        Assert.True(reply.Ok);
        Assert.Equal("Привет & <пока>", anna.Chat.Last.Text);
        Assert.Equal("yes", anna.Chat.Last.Buttons.Single().Data);
        Assert.Equal("Привет & <пока>", bot.World.Calls[^1].Parameters.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Broken_json_is_a_bad_request()
    {
        await using var bot = await RawBot.Start();

        var reply = await bot.Post("sendMessage", new StringContent("{\"chat_id\":", Encoding.UTF8, "application/json"));

        Assert.Equal("400 Bad Request: can't parse JSON object", reply.Error);
    }

    [Fact]
    public async Task A_lone_surrogate_is_refused()
    {
        await using var bot = await RawBot.Start();

        var reply = await bot.Post("sendMessage", new StringContent("""{"chat_id":1,"text":"\ud83d"}""", Encoding.UTF8, "application/json"));

        Assert.Equal("400 Bad Request: strings must be encoded in UTF-8", reply.Error);
    }

    [Fact]
    public async Task Reply_markup_that_is_not_an_object_is_refused()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var nothing = await bot.Post("sendMessage", new StringContent(
            $$"""{"chat_id":{{anna.Id}},"text":"x","reply_markup":null}""", Encoding.UTF8, "application/json"));
        var garbage = await bot.Get($"sendMessage?chat_id={anna.Id}&text=x&reply_markup=%7B");

        Assert.Equal("400 Bad Request: object expected as reply markup", nothing.Error);
        Assert.Equal("400 Bad Request: can't parse reply keyboard markup JSON object", garbage.Error);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_call_the_bot_api()
    {
        await using var bot = await RawBot.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, bot.Base + "getMe");
        request.Headers.Add("Origin", "http://evil.example");

        using var response = await bot.Http.SendAsync(request, RawBot.Ct);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_taken_port_is_an_io_error()
    {
        await using var bot = await RawBot.Start();

        await Assert.ThrowsAsync<IOException>(() => PlaygroundServer.Start(new PlaygroundOptions { Port = bot.Url.Port }, RawBot.Ct));
    }

    private static MultipartFormDataContent Multipart(Dictionary<string, string> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            content.Add(new StringContent(value), name);
        return content;
    }
}
