namespace MarketBot.Playground;

/// <summary>answerCallbackQuery, sendInvoice, createInvoiceLink, answerPreCheckoutQuery, refundStarPayment.</summary>
internal sealed class QueryMethods(TelegramWorld world, MessageMethods messages)
{
    public byte[] AnswerCallback(Parameters parameters)
    {
        var text = parameters["text"];
        if (text.Length > 200)
            throw ApiFailure.BadRequest("MESSAGE_TOO_LONG");
        var url = parameters["url"];
        if (url.Length > 0 && !url.StartsWith($"https://t.me/{world.Options.BotUsername}?", StringComparison.OrdinalIgnoreCase)
            && !url.StartsWith($"t.me/{world.Options.BotUsername}?", StringComparison.OrdinalIgnoreCase))
            throw ApiFailure.BadRequest("URL_INVALID");

        var answer = new CallbackAnswer(text, parameters.Bool("show_alert"), url, parameters.Int("cache_time", 0, 0, 24 * 30 * 60 * 60), world.Now);
        world.Callbacks.Answer(parameters["callback_query_id"], answer);
        return TelegramJson.True;
    }

    public byte[] SendInvoice(Parameters parameters)
    {
        var invoice = ReadInvoice(parameters);
        var keyboard = KeyboardReader.Read(parameters, isInvoice: true);
        var chat = messages.ChatOf(parameters, toWrite: true);
        if (keyboard.Rows.Count == 0)
            keyboard = new Keyboard([[new Button($"Pay {invoice.TotalAmount} {(invoice.Currency == "XTR" ? "⭐" : invoice.Currency)}") { Pay = true }]], "");
        return messages.Json(messages.Post(parameters, chat, MessageKind.Invoice, new MessageContent(FormattedText.Empty, keyboard), invoice));
    }

    public byte[] CreateInvoiceLink(Parameters parameters)
    {
        var invoice = ReadInvoice(parameters);
        var period = parameters.Int("subscription_period", 0);
        if (period != 0)
        {
            if (period != 2_592_000 || invoice.Currency != "XTR" || invoice.TotalAmount > 10_000)
                throw ApiFailure.BadRequest("SUBSCRIPTION_PERIOD_INVALID");
            invoice = invoice with { SubscriptionPeriod = period };
        }

        return TelegramJson.String(world.Payments.CreateLink(invoice));
    }

    public byte[] AnswerPreCheckout(Parameters parameters)
    {
        var ok = parameters.Bool("ok");
        var error = ok ? "" : parameters.Required("error_message");
        world.Payments.Answer(parameters["pre_checkout_query_id"], ok, error);
        return TelegramJson.True;
    }

    public byte[] RefundStarPayment(Parameters parameters)
    {
        var user = parameters.Long("user_id");
        if (user <= 0)
            throw ApiFailure.BadRequest("invalid user_id specified");
        world.Payments.Refund(user, parameters.Required("telegram_payment_charge_id"));
        return TelegramJson.True;
    }

    // The limits are those of the reference; the words for too long a title or description were not measured.
    private static Invoice ReadInvoice(Parameters parameters)
    {
        var title = parameters.Required("title");
        var description = parameters.Required("description");
        var payload = parameters.Required("payload");
        var currency = parameters.Required("currency");
        parameters.Required("prices");
        var total = ReadTotal(parameters, out var count);

        if (title.Length > 32)
            throw ApiFailure.BadRequest("INVOICE_TITLE_INVALID");
        if (description.Length > 255)
            throw ApiFailure.BadRequest("INVOICE_DESCRIPTION_INVALID");
        if (System.Text.Encoding.UTF8.GetByteCount(payload) > 128)
            throw ApiFailure.BadRequest("INVOICE_PAYLOAD_INVALID");
        if (currency == "XTR")
        {
            if (count != 1 || parameters["provider_token"].Length > 0 || parameters.Long("max_tip_amount") != 0)
                throw ApiFailure.BadRequest("STARS_INVOICE_INVALID");
        }
        else if (parameters["provider_token"].Length == 0)
        {
            throw ApiFailure.BadRequest("PAYMENT_PROVIDER_INVALID");
        }

        if (total <= 0)
            throw ApiFailure.BadRequest("CURRENCY_TOTAL_AMOUNT_INVALID");
        return new Invoice(title, description, payload, currency, total) { StartParameter = parameters["start_parameter"] };
    }

    private static long ReadTotal(Parameters parameters, out int count)
    {
        var prices = parameters.Json("prices", "prices")!.Value;
        if (prices.ValueKind != System.Text.Json.JsonValueKind.Array)
            throw ApiFailure.BadRequest("expected an Array of labeled prices");
        count = prices.GetArrayLength();
        if (count == 0)
            throw ApiFailure.BadRequest("there must be at least one price");
        try
        {
            var total = 0L;
            foreach (var price in prices.EnumerateArray())
            {
                if (price.ValueKind != System.Text.Json.JsonValueKind.Object)
                    throw new FieldProblem("LabeledPrice must be an Object");
                if (price.RequiredString("label").Length == 0)
                    throw new FieldProblem("LabeledPrice label must be non-empty");
                total += price.RequiredLong("amount");
            }

            return total;
        }
        catch (FieldProblem problem)
        {
            throw problem.ToFailure("can't parse labeled price");
        }
    }
}
