using System.Net;
using System.Text;
using System.Text.Json;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Playground;

public class WebhookTests
{
    [Theory]
    [InlineData("http://example.com/hook", "", "bad webhook: An HTTPS URL must be provided for webhook")]
    [InlineData("https://example.com:5000/hook", "", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")]
    [InlineData("https://example.com/hook", "a b", "secret token contains unallowed characters")]
    [InlineData("https:///", "", "invalid webhook URL specified")]
    public async Task A_webhook_must_have_Telegrams_form(string url, string secret, string problem)
    {
        await using var bot = await RawBot.Start();

        var reply = await bot.Call("setWebhook", new { url, secret_token = secret });

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Fact]
    public async Task The_settings_can_be_read_back()
    {
        await using var bot = await RawBot.Start();

        await bot.Call("setWebhook", new { url = "https://example.com/hook", max_connections = 7, allowed_updates = (string[])["message"] });
        var set = await bot.Call("getWebhookInfo");
        await bot.Call("deleteWebhook");
        var deleted = await bot.Call("getWebhookInfo");

        Assert.Equal(
            """{"url":"https://example.com/hook","has_custom_certificate":false,"pending_update_count":0,"max_connections":7,"allowed_updates":["message"]}""",
            set.Result.GetRawText());
        Assert.Equal("", deleted.Result.GetProperty("url").GetString());
    }

    [Fact]
    public async Task Updates_are_posted_with_the_secret_until_they_are_taken_and_the_answer_may_be_a_call()
    {
        await using var bot = await RawBot.Start();
        using var listener = new HttpListener();
        var port = Ports.Free();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        await bot.Call("setWebhook", new { url = $"http://127.0.0.1:{port}/hook", secret_token = "s3cret" });

        var anna = bot.Somebody();
        var first = await listener.GetContextAsync().WaitAsync(Patience.Limit, RawBot.Ct);
        first.Response.StatusCode = 500;
        first.Response.Close();
        var second = await listener.GetContextAsync().WaitAsync(Patience.Limit, RawBot.Ct);
        var update = await JsonSerializer.DeserializeAsync<JsonElement>(second.Request.InputStream, cancellationToken: RawBot.Ct);
        second.Response.OutputStream.Write(Encoding.UTF8.GetBytes($$"""{"method":"sendMessage","chat_id":{{anna.Id}},"text":"by webhook"}"""));
        second.Response.Close();
        await bot.World.Until(() => anna.Chat.LastFromBot is { Text: "by webhook" }, RawBot.Ct);

        Assert.Equal("s3cret", second.Request.Headers["X-Telegram-Bot-Api-Secret-Token"]);
        Assert.Equal("/start", update.GetProperty("message").GetProperty("text").GetString());
        Assert.Contains("500", bot.World.Webhook.LastErrorMessage, StringComparison.Ordinal);
    }
}
