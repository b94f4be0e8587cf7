using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Playground;

public class PageTests
{
    private static readonly PlaygroundOptions WithPage = new() { Page = true, People = [new DemoPerson(17, "Anna") { Hint = "key k-1" }] };

    [Fact]
    public async Task The_page_and_its_parts_are_served_and_name_no_other_machine()
    {
        await using var bot = await RawBot.Start(WithPage);

        foreach (var path in new[] { "", "playground/app.js", "playground/inspector.js", "playground/style.css", "favicon.ico" })
        {
            var text = await bot.Http.GetStringAsync(bot.Url + path, RawBot.Ct);
            Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
            Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_the_option_there_is_no_page()
    {
        await using var bot = await RawBot.Start();

        using var response = await bot.Http.GetAsync(bot.Url, RawBot.Ct);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_person_writes_and_presses_through_the_page()
    {
        await using var bot = await RawBot.Start(WithPage);

        await bot.Http.PostAsJsonAsync(bot.Url + "playground/api/chats/17/send", new { text = "/start" }, RawBot.Ct);
        await bot.Send(bot.World.Person(17), "<b>menu</b>", RawBot.Keyboard(("Go", "go")), "HTML");
        var chat = await bot.Http.GetFromJsonAsync<JsonElement>(bot.Url + "playground/api/chats/17", RawBot.Ct);
        await bot.Http.PostAsJsonAsync(
            bot.Url + "playground/api/chats/17/press", new { message = bot.World.Person(17).Chat.Last.Id, row = 0, column = 0 }, RawBot.Ct);
        var updates = (await bot.Call("getUpdates")).Result;
        var state = await bot.Http.GetFromJsonAsync<JsonElement>(bot.Url + "playground/api/state", RawBot.Ct);

        Assert.Equal("bold", chat.GetProperty("messages")[1].GetProperty("entities")[0].GetProperty("type").GetString());
        Assert.Equal("go", updates[1].GetProperty("callback_query").GetProperty("data").GetString());
        Assert.Equal("key k-1", state.GetProperty("chats")[0].GetProperty("hint").GetString());
    }

    [Fact]
    public async Task The_stream_tells_which_chat_changed()
    {
        await using var bot = await RawBot.Start(WithPage);
        using var stream = new StreamReader(await bot.Http.GetStreamAsync(bot.Url + "playground/api/events", RawBot.Ct));
        await stream.ReadLineAsync(RawBot.Ct);
        await stream.ReadLineAsync(RawBot.Ct);

        bot.World.Person(17).Send("hi");
        var line = await stream.ReadLineAsync(RawBot.Ct);

        Assert.Contains("\"chats\":[17]", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Host", "evil.example:80")]
    public async Task Another_site_can_change_nothing(string header, string value)
    {
        await using var bot = await RawBot.Start(WithPage);
        using var request =
            new HttpRequestMessage(HttpMethod.Post, bot.Url + "playground/api/chats/17/send") { Content = JsonContent.Create(new { text = "hi" }) };
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await bot.Http.SendAsync(request, RawBot.Ct);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(bot.World.Person(17).Chat.Messages);
    }

    [Fact]
    public async Task Another_host_name_reads_nothing_either()
    {
        await using var bot = await RawBot.Start(WithPage);
        using var request = new HttpRequestMessage(HttpMethod.Get, bot.Url + "playground/api/state") { Headers = { Host = "rebound.example" } };

        using var response = await bot.Http.SendAsync(request, RawBot.Ct);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_form_of_another_type_changes_nothing()
    {
        await using var bot = await RawBot.Start(WithPage);

        using var response = await bot.Http.PostAsync(bot.Url + "playground/api/chats/17/send", new StringContent("""{"text":"hi"}"""), RawBot.Ct);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }
}
