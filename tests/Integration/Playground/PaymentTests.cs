using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Playground;

public class PaymentTests
{
    [Fact]
    public async Task An_invoice_is_paid_after_the_pre_checkout_and_can_be_refunded_once()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        await bot.Call("sendInvoice", Invoice(anna));

        var payment = anna.Pay(anna.Chat.Last);
        await bot.Call("answerPreCheckoutQuery", new { pre_checkout_query_id = payment.QueryId, ok = true });
        var outcome = await payment.Completed.WaitAsync(RawBot.Ct);
        var updates = (await bot.Call("getUpdates")).Result;
        var refund = await bot.Call("refundStarPayment", new { user_id = anna.Id, telegram_payment_charge_id = payment.ChargeId });
        var again = await bot.Call("refundStarPayment", new { user_id = anna.Id, telegram_payment_charge_id = payment.ChargeId });
        var foreign = await bot.Call("refundStarPayment", new { user_id = 1, telegram_payment_charge_id = payment.ChargeId });

        Assert.Equal(PaymentOutcome.Paid, outcome);
        Assert.Equal(250, updates[1].GetProperty("pre_checkout_query").GetProperty("total_amount").GetInt64());
        Assert.Equal(
            payment.ChargeId, updates[2].GetProperty("message").GetProperty("successful_payment").GetProperty("telegram_payment_charge_id").GetString());
        Assert.True(refund.Ok);
        Assert.Equal(MessageKind.RefundedPayment, anna.Chat.Last.Kind);
        Assert.Equal("400 Bad Request: CHARGE_ALREADY_REFUNDED", again.Error);
        Assert.Equal("400 Bad Request: CHARGE_NOT_FOUND", foreign.Error);
    }

    [Fact]
    public async Task A_pre_checkout_that_is_not_answered_within_ten_seconds_is_cancelled()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time });
        var anna = bot.Somebody();
        await bot.Call("sendInvoice", Invoice(anna));

        var payment = anna.Pay(anna.Chat.Last);
        time.Advance(TimeSpan.FromSeconds(10));
        var late = await bot.Call("answerPreCheckoutQuery", new { pre_checkout_query_id = payment.QueryId, ok = true });

        Assert.Equal(PaymentOutcome.TimedOut, await payment.Completed);
        Assert.Equal("400 Bad Request: query is too old and response timeout expired or query ID is invalid", late.Error);
    }

    [Fact]
    public async Task The_bot_can_refuse_and_must_say_why()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        var link = await bot.Call("createInvoiceLink", Invoice(anna));
        var payment = anna.PayLink(link.Result.GetString()!);

        var silent = await bot.Call("answerPreCheckoutQuery", new { pre_checkout_query_id = payment.QueryId, ok = false });
        await bot.Call("answerPreCheckoutQuery", new { pre_checkout_query_id = payment.QueryId, ok = false, error_message = "Sold out" });

        Assert.Equal("400 Bad Request: parameter \"error_message\" is required", silent.Error);
        Assert.Equal(PaymentOutcome.Refused, await payment.Completed);
        Assert.Equal("Sold out", payment.ErrorMessage);
    }

    [Theory]
    [InlineData("title", "", "parameter \"title\" is required")]
    [InlineData("payload", "", "parameter \"payload\" is required")]
    [InlineData("prices", "[]", "there must be at least one price")]
    [InlineData("prices", """[{"amount":5}]""", "can't parse labeled price: Can't find field \"label\"")]
    [InlineData("prices", """[{"label":"a","amount":5},{"label":"b","amount":5}]""", "STARS_INVOICE_INVALID")]
    [InlineData("prices", """[{"label":"a","amount":0}]""", "CURRENCY_TOTAL_AMOUNT_INVALID")]
    [InlineData("provider_token", "123:TEST:x", "STARS_INVOICE_INVALID")]
    [InlineData("currency", "XTS", "PAYMENT_PROVIDER_INVALID")]
    public async Task An_invoice_must_be_complete(string field, string value, string problem)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        var fields = Invoice(anna);
        fields[field] = value;

        var reply = await bot.Call("sendInvoice", fields);

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Theory]
    [InlineData("title", 33)]
    [InlineData("description", 256)]
    [InlineData("payload", 129)]
    public async Task An_invoice_has_limits(string field, int length)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        var fields = Invoice(anna);

        fields[field] = new string('x', length);
        var tooLong = await bot.Call("sendInvoice", fields);
        fields[field] = new string('x', length - 1);
        var fits = await bot.Call("sendInvoice", fields);

        Assert.Equal(400, (int)tooLong.Status);
        Assert.True(fits.Ok);
    }

    private static Dictionary<string, object> Invoice(Person to) => new()
    {
        ["chat_id"] = to.Id,
        ["title"] = "Subscription",
        ["description"] = "30 days",
        ["payload"] = "sub:30",
        ["currency"] = "XTR",
        ["prices"] = """[{"label":"30 days","amount":250}]""",
    };
}
