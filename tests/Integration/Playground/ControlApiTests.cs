using System.Net;
using System.Text;
using System.Text.Json;
using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Playground;

public class ControlApiTests
{
    private static readonly PlaygroundOptions WithPage = new() { Page = true, People = [new DemoPerson(17, "Anna"), new DemoPerson(18, "Boris")] };

    [Fact]
    public async Task A_press_names_a_label_or_data_and_a_missing_button_is_refused_with_the_chat()
    {
        await using var bot = await RawBot.Start(WithPage);
        using var people = new PlaygroundClient(bot.Url);
        await people.Send(17, "/start");
        await bot.Send(bot.World.Person(17), "menu", RawBot.Keyboard(("Go", "go:1")));

        await people.Press(17, "Go");
        await people.Press(17, "go:1");
        await people.PressData(17, "forged");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => people.Press(17, "Stop"));
        var updates = (await bot.Call("getUpdates")).Result.EnumerateArray().Skip(1)
            .Select(u => u.GetProperty("callback_query").GetProperty("data").GetString());

        Assert.Equal(["go:1", "go:1", "forged"], updates);
        Assert.Contains("[Go]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settled_means_confirmed_answered_idle_and_waiting_again()
    {
        await using var bot = await RawBot.Start(WithPage);
        using var people = new PlaygroundClient(bot.Url);
        var noBot = await Assert.ThrowsAsync<TimeoutException>(() => people.Settle(timeoutSeconds: 0.05));
        bot.World.Person(17).PressInaccessible(1, "x");
        var unconfirmed = await Assert.ThrowsAsync<TimeoutException>(() => people.Settle(timeoutSeconds: 0.05));
        var press = (await bot.Call("getUpdates")).Result[0];
        var poll = bot.Call("getUpdates", new { offset = press.GetProperty("update_id").GetInt64() + 1, timeout = 30 });
        await bot.World.Until(() => bot.World.IsPolled, RawBot.Ct);
        var unanswered = await Assert.ThrowsAsync<TimeoutException>(() => people.Settle(timeoutSeconds: 0.05));
        await bot.Call("answerCallbackQuery", new { callback_query_id = press.GetProperty("callback_query").GetProperty("id").GetString() });

        await people.Settle();
        await people.Settle(quiet: TimeSpan.FromMilliseconds(50));

        Assert.Contains("no bot waits for updates", noBot.Message, StringComparison.Ordinal);
        Assert.Contains("1 updates are not confirmed", unconfirmed.Message, StringComparison.Ordinal);
        Assert.Contains("1 presses are not answered", unanswered.Message, StringComparison.Ordinal);
        Assert.False(poll.IsCompleted);
    }

    [Fact]
    public async Task One_can_wait_for_a_text_a_button_or_a_message_to_go()
    {
        await using var bot = await RawBot.Start(WithPage);
        using var people = new PlaygroundClient(bot.Url);
        var secret = await people.Send(17, "my key");

        var seen = people.WaitFor(17, "menu", "Go");
        var gone = people.WaitUntilGone(17, secret);
        await bot.Send(bot.World.Person(17), "the menu", RawBot.Keyboard(("Go", "go:1")));
        await bot.Call("deleteMessage", new { chat_id = 17, message_id = secret });
        await gone;
        var never = await Assert.ThrowsAsync<TimeoutException>(() => people.WaitFor(17, "no such text", timeoutSeconds: 0.05));

        Assert.Equal("go:1", (await seen).Keyboard[0][0].Data);
        Assert.Contains("the menu", never.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_are_planned_listed_used_up_and_cleared()
    {
        await using var bot = await RawBot.Start(WithPage);
        using var people = new PlaygroundClient(bot.Url);
        await people.Send(17, "/start");

        await people.Plan(new FaultSpec { Kind = "status", Code = 429, Seconds = 7, Method = "sendMessage", Chat = 17 });
        await people.Plan(new FaultSpec { Kind = "delay", Seconds = 5, Method = "getMe", Times = 2 });
        var limited = await bot.Send(bot.World.Person(17), "x");
        var left = (await people.Faults())!;
        await people.ClearFaults();

        Assert.Equal("429 Too Many Requests: retry after 7", limited.Error);
        Assert.Equal(new FaultSpec { Kind = "delay", Seconds = 5, Method = "getMe", Times = 2 }, Assert.Single(left));
        Assert.Empty((await people.Faults())!);
    }

    [Theory]
    [InlineData("""{"kind":"status","code":200}""")]
    [InlineData("""{"kind":"delay"}""")]
    [InlineData("""{"kind":"flood"}""")]
    [InlineData("""{"code":500}""")]
    public async Task A_fault_that_makes_no_sense_is_refused(string fault)
    {
        await using var bot = await RawBot.Start(WithPage);

        using var response =
            await bot.Http.PostAsync(bot.Url + "playground/api/faults", new StringContent(fault, Encoding.UTF8, "application/json"), RawBot.Ct);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, bot.World.Faults.Remaining);
    }

    [Fact]
    public async Task Who_blocks_the_bot_gets_nothing_until_they_unblock_it()
    {
        await using var bot = await RawBot.Start(WithPage);
        using var people = new PlaygroundClient(bot.Url);
        await people.Send(17, "/start");

        await people.Block(17);
        var blocked = await bot.Send(bot.World.Person(17), "x");
        await people.Unblock(17);
        var unblocked = await bot.Send(bot.World.Person(17), "x");

        Assert.Equal("403 Forbidden: bot was blocked by the user", blocked.Error);
        Assert.True(unblocked.Ok);
    }

    [Fact]
    public async Task The_transcript_the_export_the_calls_and_the_violations_can_be_read()
    {
        await using var bot = await RawBot.Start(WithPage);
        using var people = new PlaygroundClient(bot.Url);
        var secret = await people.Send(17, "secret");
        await bot.Send(bot.World.Person(17), "<b>hi</b>", parseMode: "HTML");
        await bot.Call("deleteMessage", new { chat_id = 17, message_id = secret });
        await bot.Call("sendMessage", new { chat_id = 17, text = "" });

        var transcript = await people.Transcript(17);
        var export = JsonSerializer.Deserialize<JsonElement>(await bot.Http.GetStringAsync(bot.Url + "playground/api/chats/17/export", RawBot.Ct));
        var calls = (await people.Calls("sendMessage"))!;
        var violation = Assert.Single((await people.Violations())!);

        Assert.Contains("bot: <b>hi</b>", transcript, StringComparison.Ordinal);
        Assert.Equal("secret", export.GetProperty("deleted")[0].GetProperty("text").GetString());
        Assert.Equal("<b>hi</b>", export.GetProperty("messages")[0].GetProperty("html").GetString());
        Assert.Equal([true, false], calls.Select(c => c.Ok));
        Assert.Equal("Bad Request: message text is empty", violation.Description);
    }

    [Fact]
    public async Task A_reset_forgets_everything_and_brings_the_demo_people_back()
    {
        var reseeded = 0;
        await using var bot = await RawBot.Start(WithPage with
        {
            Reseed = _ =>
            {
                reseeded++;
                return Task.CompletedTask;
            },
        });
        using var people = new PlaygroundClient(bot.Url);
        await people.AddPerson(99, "Guest");
        await people.Send(17, "/start");
        await people.Plan(new FaultSpec { Kind = "hang" });

        await people.Reset();

        Assert.Equal([17L, 18L], bot.World.People.Select(p => p.Id));
        Assert.Empty(bot.World.Person(17).Chat.Messages);
        Assert.Equal((0, 0, 0, 1), (bot.World.PendingUpdates, bot.World.Calls.Count, bot.World.Faults.Remaining, reseeded));
    }

    [Theory]
    [InlineData(4_503_599_627_370_495, HttpStatusCode.OK)]
    [InlineData(4_503_599_627_370_496, HttpStatusCode.BadRequest)]
    [InlineData(0, HttpStatusCode.BadRequest)]
    [InlineData(17, HttpStatusCode.BadRequest)]
    public async Task Ids_of_people_are_new_and_have_52_bits_at_most(long id, HttpStatusCode status)
    {
        await using var bot = await RawBot.Start(WithPage);

        using var response = await bot.Http.PostAsync(
            bot.Url + "playground/api/people", new StringContent($$"""{"id":{{id}},"firstName":"Guest"}""", Encoding.UTF8, "application/json"), RawBot.Ct);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("chats/12345/send")]
    [InlineData("chats/17/dance")]
    [InlineData("nothing")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var bot = await RawBot.Start(WithPage);

        using var response =
            await bot.Http.PostAsync(bot.Url + "playground/api/" + path, new StringContent("{}", Encoding.UTF8, "application/json"), RawBot.Ct);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("faults")]
    [InlineData("recording/start")]
    [InlineData("scenario")]
    [InlineData("settle")]
    public async Task No_other_site_can_control_it(string path)
    {
        await using var bot = await RawBot.Start(WithPage);
        bot.World.Person(17).Send("still there");
        using var request = new HttpRequestMessage(HttpMethod.Post, bot.Url + "playground/api/" + path);
        request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        request.Headers.Add("Origin", "https://evil.example");

        using var foreign = await bot.Http.SendAsync(request, RawBot.Ct);
        using var form = await bot.Http.PostAsync(bot.Url + "playground/api/" + path, new StringContent("{}", Encoding.UTF8, "text/plain"), RawBot.Ct);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.UnsupportedMediaType), (foreign.StatusCode, form.StatusCode));
        Assert.Single(bot.World.Person(17).Chat.Messages);
    }
}
