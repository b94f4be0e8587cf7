using System.Text;
using System.Text.Json;

namespace MarketBot.Tests.Integration.Playground;

/// <summary>Calls that no test of a feature makes: each is refused with Telegram's words.</summary>
public class RefusalTests
{
    [Theory]
    [InlineData("""{"inline_keyboard":[["Go"]]}""", "can't parse inline keyboard button: InlineKeyboardButton must be an Object")]
    [InlineData(
        """{"inline_keyboard":[[{"text":"Go","callback_data":"go","style":"pink"}]]}""",
        "can't parse inline keyboard button: Unsupported button style specified")]
    [InlineData(
        """{"inline_keyboard":[[{"text":"Go","url":"ftp://example.com"}]]}""",
        "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol")]
    [InlineData(
        """{"inline_keyboard":[[{"text":["Go"],"callback_data":"go"}]]}""", "can't parse inline keyboard button: Field \"text\" must be of type String")]
    [InlineData("""{"inline_keyboard":7}""", "field \"inline_keyboard\" must be of type Array")]
    [InlineData("""{"keyboard":["Go"]}""", "field \"keyboard\" must be an Array of Arrays")]
    [InlineData("""{"keyboard":[[7]]}""", "can't parse keyboard button: KeyboardButton must be a String or an Object")]
    [InlineData("""{"keyboard":[[{"text":"Go"}]],"selective":"yes"}""", "field \"selective\" must be of type Boolean")]
    public async Task A_keyboard_of_the_wrong_form(string markup, string problem)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var reply = await bot.Call("sendMessage", new { chat_id = anna.Id, text = "x", reply_markup = markup });

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Fact]
    public async Task An_edit_takes_inline_keyboards_only()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        await bot.Send(anna, "x");

        var reply =
            await bot.Call("editMessageText", new { chat_id = anna.Id, message_id = anna.Chat.Last.Id, text = "y", reply_markup = """{"force_reply":true}""" });

        Assert.Equal("400 Bad Request: inline keyboard expected", reply.Error);
    }

    [Theory]
    [InlineData(
        """[{"type":"text_link","offset":0,"length":1,"url":"ftp://example.com"}]""", "entity URL 'ftp://example.com' is invalid: Unsupported URL protocol")]
    [InlineData("""[{"type":"bold","offset":0,"length":-1}]""", "receive an entity with incorrect length -1")]
    [InlineData("""[{"type":"bold","offset":"first","length":1}]""", "can't parse MessageEntity: Field \"offset\" must be a valid Number")]
    [InlineData("""[{"type":"text_mention","offset":0,"length":1}]""", "can't parse MessageEntity: Can't find field \"user\"")]
    [InlineData("""[{"type":"text_mention","offset":0,"length":1,"user":7}]""", "can't parse MessageEntity: Field \"user\" must be of type Object")]
    [InlineData("""[{"type":"text_mention","offset":0,"length":1,"user":{"id":7}}]""", "user not found")]
    [InlineData("[7]", "can't parse MessageEntity: expected an Object")]
    public async Task Entities_of_the_wrong_form(string entities, string problem)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var reply = await bot.Call("sendMessage", new { chat_id = anna.Id, text = "hello", entities });

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Theory]
    [InlineData("text", 32_769, "text is too long")]
    [InlineData("link_preview_options", 0, "object expected as link preview options")]
    public async Task A_text_or_a_preview_beyond_bounds(string field, int length, string problem)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        var fields = new Dictionary<string, object> { ["chat_id"] = anna.Id, ["text"] = "x" };

        fields[field] = length > 0 ? new string('x', length) : "[]";
        var reply = await bot.Call("sendMessage", fields);

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Theory]
    [InlineData("sendChatAction", """{"chat_id":17}""", "parameter \"action\" is required")]
    [InlineData("setMyCommands", """{"commands":{}}""", "expected an Array of BotCommand")]
    [InlineData("setMyCommands", """{"commands":[7]}""", "can't parse BotCommand: expected an Object")]
    [InlineData("setMyCommands", """{"commands":[],"scope":"[]"}""", "can't parse BotCommandScope: BotCommandScope must be an Object")]
    [InlineData(
        "setMyCommands", """{"commands":[],"scope":{"type":"chat_member","chat_id":17,"user_id":0}}""",
        "can't parse BotCommandScope: Invalid user_id specified")]
    [InlineData("refundStarPayment", """{"user_id":0,"telegram_payment_charge_id":"x"}""", "invalid user_id specified")]
    [InlineData("sendMessage", "[]", "expected a JSON object")]
    public async Task A_call_of_the_wrong_form(string method, string body, string problem)
    {
        await using var bot = await RawBot.Start();
        bot.Somebody(17);

        var reply = await bot.Post(method, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Fact]
    public async Task A_form_that_is_cut_off()
    {
        await using var bot = await RawBot.Start();
        using var form = new StringContent("--b\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n17");
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        var reply = await bot.Post("sendMessage", form);

        Assert.Equal("400 Bad Request: can't parse the request body", reply.Error);
    }

    [Theory]
    [InlineData("setMyDescription", "description", 512, "BOT_DESCRIPTION_TOO_LONG")]
    [InlineData("setMyShortDescription", "short_description", 120, "BOT_SHORT_DESCRIPTION_TOO_LONG")]
    [InlineData("setWebhook", "secret_token", 256, "secret token is too long")]
    public async Task A_setting_that_is_too_long(string method, string field, int length, string problem)
    {
        await using var bot = await RawBot.Start();
        var fields = new Dictionary<string, object> { ["url"] = "http://127.0.0.1:9/hook" };

        fields[field] = new string('x', length);
        var fits = await bot.Call(method, fields);
        fields[field] = new string('x', length + 1);
        var tooLong = await bot.Call(method, fields);

        Assert.True(fits.Ok);
        Assert.Equal("400 Bad Request: " + problem, tooLong.Error);
    }

    [Theory]
    [InlineData("title", "123456789012345678901234567890123", "INVOICE_TITLE_INVALID")]
    [InlineData("description", "long", "INVOICE_DESCRIPTION_INVALID")]
    [InlineData("payload", "long", "INVOICE_PAYLOAD_INVALID")]
    [InlineData("prices", "{}", "expected an Array of labeled prices")]
    [InlineData("prices", "[7]", "can't parse labeled price: LabeledPrice must be an Object")]
    [InlineData("prices", """[{"label":"","amount":5}]""", "can't parse labeled price: LabeledPrice label must be non-empty")]
    [InlineData("reply_markup", """{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}""", "REPLY_MARKUP_BUY_EMPTY")]
    public async Task An_invoice_of_the_wrong_form(string field, string value, string problem)
    {
        await using var bot = await RawBot.Start();
        var fields = Invoice(bot.Somebody().Id);

        fields[field] = value == "long" ? new string('x', 256) : value;
        var reply = await bot.Call("sendInvoice", fields);

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Theory]
    [InlineData(86_400, "XTR", 5, false)]
    [InlineData(2_592_000, "XTR", 10_001, false)]
    [InlineData(2_592_000, "EUR", 5, false)]
    [InlineData(2_592_000, "XTR", 10_000, true)]
    public async Task A_subscription_is_for_thirty_days_and_ten_thousand_Stars_at_most(int period, string currency, int amount, bool isRight)
    {
        await using var bot = await RawBot.Start();
        var fields = Invoice(bot.Somebody().Id);
        fields["subscription_period"] = period;
        fields["currency"] = currency;
        fields["prices"] = JsonSerializer.Serialize(new[] { new { label = "Month", amount } });
        if (currency != "XTR")
            fields["provider_token"] = "1:TEST:2";

        var reply = await bot.Call("createInvoiceLink", fields);

        Assert.Equal(isRight ? "ok" : "400 Bad Request: SUBSCRIPTION_PERIOD_INVALID", reply.Ok ? "ok" : reply.Error);
    }

    private static Dictionary<string, object> Invoice(long chat) => new()
    {
        ["chat_id"] = chat,
        ["title"] = "Subscription",
        ["description"] = "30 days",
        ["payload"] = "sub",
        ["currency"] = "XTR",
        ["prices"] = """[{"label":"30 days","amount":250}]""",
    };
}
