using System.Text;
using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;
using Telegram.Bot.Serialization;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.Payments;
using Telegram.Bot.Types.ReplyMarkups;

namespace MarketBot.Tests.Unit.BotApi;

public class RequestJsonTests
{
    private const string SomeMessage = """{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}""";
    private const string SomeTrue = """{"ok":true,"result":true}""";

    private static readonly LabeledPrice[] OnePrice = [new("Month", 250)];

    private static readonly Dictionary<string, (Func<ITelegramBotClient, Task> Call, string Method, string Json)> Calls = new()
    {
        ["getUpdates, bare"] = (bot => bot.GetUpdates(), "getUpdates", "{}"),
        ["getUpdates, full"] = (
            bot => bot.GetUpdates(offset: 0, limit: 100, timeout: 50, allowedUpdates: [UpdateType.Message, UpdateType.CallbackQuery, UpdateType.PreCheckoutQuery, UpdateType.MyChatMember]),
            "getUpdates",
            """{"offset":0,"limit":100,"timeout":50,"allowed_updates":["message","callback_query","pre_checkout_query","my_chat_member"]}"""),
        ["getUpdates, default kinds"] = (bot => bot.GetUpdates(allowedUpdates: []), "getUpdates", """{"allowed_updates":[]}"""),
        ["setWebhook, bare"] = (bot => bot.SetWebhook("https://x.example/hook"), "setWebhook", """{"url":"https://x.example/hook"}"""),
        ["setWebhook, removing"] = (bot => bot.SetWebhook(""), "setWebhook", """{"url":""}"""),
        ["setWebhook, full"] = (
            bot => bot.SetWebhook("https://x.example/hook", ipAddress: "10.0.0.1", maxConnections: 40, allowedUpdates: [UpdateType.EditedMessage], dropPendingUpdates: true, secretToken: "s-1"),
            "setWebhook",
            """{"url":"https://x.example/hook","ip_address":"10.0.0.1","max_connections":40,"allowed_updates":["edited_message"],"drop_pending_updates":true,"secret_token":"s-1"}"""),
        ["deleteWebhook, bare"] = (bot => bot.DeleteWebhook(), "deleteWebhook", "{}"),
        ["deleteWebhook, full"] = (bot => bot.DeleteWebhook(dropPendingUpdates: true), "deleteWebhook", """{"drop_pending_updates":true}"""),
        ["sendMessage, bare"] = (bot => bot.SendMessage(17, "Привет <&>"), "sendMessage", """{"chat_id":17,"text":"Привет <&>"}"""),
        ["sendMessage, to a name"] = (bot => bot.SendMessage("@market", "x"), "sendMessage", """{"chat_id":"@market","text":"x"}"""),
        ["sendMessage, full"] = (
            bot => bot.SendMessage(
                -1001234567890,
                "x",
                ParseMode.Html,
                new ReplyParameters { MessageId = 4, ChatId = 5, AllowSendingWithoutReply = true, Quote = "q", QuoteParseMode = ParseMode.MarkdownV2, QuotePosition = 0 },
                new InlineKeyboardMarkup([[InlineKeyboardButton.WithCallbackData("On", "shop_on:17"), InlineKeyboardButton.WithUrl("Site", "https://x.example")]]),
                new LinkPreviewOptions { IsDisabled = true, Url = "https://x.example", PreferSmallMedia = true, PreferLargeMedia = true, ShowAboveText = true },
                messageThreadId: 3,
                entities: [new MessageEntity { Type = MessageEntityType.TextLink, Offset = 0, Length = 1, Url = "https://x.example" }],
                disableNotification: true,
                protectContent: true,
                messageEffectId: "e",
                businessConnectionId: "b",
                allowPaidBroadcast: true,
                directMessagesTopicId: 6),
            "sendMessage",
            """
            {"chat_id":-1001234567890,"text":"x","parse_mode":"HTML",
             "reply_parameters":{"message_id":4,"chat_id":5,"allow_sending_without_reply":true,"quote":"q","quote_parse_mode":"MarkdownV2","quote_position":0},
             "reply_markup":{"inline_keyboard":[[{"text":"On","callback_data":"shop_on:17"},{"text":"Site","url":"https://x.example"}]]},
             "link_preview_options":{"is_disabled":true,"url":"https://x.example","prefer_small_media":true,"prefer_large_media":true,"show_above_text":true},
             "message_thread_id":3,"entities":[{"type":"text_link","offset":0,"length":1,"url":"https://x.example"}],
             "disable_notification":true,"protect_content":true,"message_effect_id":"e","business_connection_id":"b","allow_paid_broadcast":true,"direct_messages_topic_id":6}
            """),
        ["sendMessage, keyboard away"] = (
            bot => bot.SendMessage(17, "x", replyMarkup: new ReplyKeyboardRemove()), "sendMessage", """{"chat_id":17,"text":"x","reply_markup":{"remove_keyboard":true}}"""),
        ["sendMessage, reply wanted"] = (
            bot => bot.SendMessage(17, "x", replyMarkup: new ForceReplyMarkup { InputFieldPlaceholder = "Ключ", Selective = true }),
            "sendMessage",
            """{"chat_id":17,"text":"x","reply_markup":{"force_reply":true,"input_field_placeholder":"Ключ","selective":true}}"""),
        ["sendMessage, keys"] = (
            bot => bot.SendMessage(17, "x", replyMarkup: new[] { "Да", "Нет" }),
            "sendMessage",
            """{"chat_id":17,"text":"x","reply_markup":{"keyboard":[[{"text":"Да"},{"text":"Нет"}]],"resize_keyboard":true}}"""),
        ["editMessageText, bare"] = (bot => bot.EditMessageText(17, 4, "x"), "editMessageText", """{"chat_id":17,"message_id":4,"text":"x"}"""),
        ["editMessageText, full"] = (
            bot => bot.EditMessageText(17, 4, "x", ParseMode.Markdown, [], true, InlineKeyboardButton.WithPay("Pay"), "b"),
            "editMessageText",
            """{"chat_id":17,"message_id":4,"text":"x","parse_mode":"Markdown","entities":[],"link_preview_options":{"is_disabled":true},"reply_markup":{"inline_keyboard":[[{"text":"Pay","pay":true}]]},"business_connection_id":"b"}"""),
        ["editMessageReplyMarkup, bare"] = (bot => bot.EditMessageReplyMarkup(17, 4), "editMessageReplyMarkup", """{"chat_id":17,"message_id":4}"""),
        ["editMessageReplyMarkup, full"] = (
            bot => bot.EditMessageReplyMarkup(17, 4, replyMarkup: InlineKeyboardMarkup.Empty(), businessConnectionId: "b"),
            "editMessageReplyMarkup",
            """{"chat_id":17,"message_id":4,"reply_markup":{"inline_keyboard":[]},"business_connection_id":"b"}"""),
        ["deleteMessage"] = (bot => bot.DeleteMessage(17, 4), "deleteMessage", """{"chat_id":17,"message_id":4}"""),
        ["sendChatAction, bare"] = (bot => bot.SendChatAction(17, ChatAction.Typing), "sendChatAction", """{"chat_id":17,"action":"typing"}"""),
        ["sendChatAction, full"] = (
            bot => bot.SendChatAction(17, ChatAction.UploadVideoNote, messageThreadId: 3, businessConnectionId: "b"),
            "sendChatAction",
            """{"chat_id":17,"action":"upload_video_note","message_thread_id":3,"business_connection_id":"b"}"""),
        ["answerCallbackQuery, bare"] = (bot => bot.AnswerCallbackQuery("q"), "answerCallbackQuery", """{"callback_query_id":"q"}"""),
        ["answerCallbackQuery, full"] = (
            bot => bot.AnswerCallbackQuery("q", "Готово", showAlert: true, url: "t.me/bot?start=1", cacheTime: 0),
            "answerCallbackQuery",
            """{"callback_query_id":"q","text":"Готово","show_alert":true,"url":"t.me/bot?start=1","cache_time":0}"""),
        ["setMyCommands, bare"] = (
            bot => bot.SetMyCommands([new BotCommand("start", "Начало"), ("help", "Помощь")]),
            "setMyCommands",
            """{"commands":[{"command":"start","description":"Начало"},{"command":"help","description":"Помощь"}]}"""),
        ["setMyCommands, one member"] = (
            bot => bot.SetMyCommands([], BotCommandScope.ChatMember(-5, 17), "ru"),
            "setMyCommands",
            """{"commands":[],"scope":{"type":"chat_member","chat_id":-5,"user_id":17},"language_code":"ru"}"""),
        ["deleteMyCommands, bare"] = (bot => bot.DeleteMyCommands(), "deleteMyCommands", "{}"),
        ["deleteMyCommands, all"] = (bot => bot.DeleteMyCommands(BotCommandScope.Default()), "deleteMyCommands", """{"scope":{"type":"default"}}"""),
        ["deleteMyCommands, private"] = (
            bot => bot.DeleteMyCommands(BotCommandScope.AllPrivateChats(), "en"), "deleteMyCommands", """{"scope":{"type":"all_private_chats"},"language_code":"en"}"""),
        ["deleteMyCommands, groups"] = (bot => bot.DeleteMyCommands(BotCommandScope.AllGroupChats()), "deleteMyCommands", """{"scope":{"type":"all_group_chats"}}"""),
        ["deleteMyCommands, administrators"] = (
            bot => bot.DeleteMyCommands(BotCommandScope.AllChatAdministrators()), "deleteMyCommands", """{"scope":{"type":"all_chat_administrators"}}"""),
        ["deleteMyCommands, one chat"] = (bot => bot.DeleteMyCommands(BotCommandScope.Chat(17)), "deleteMyCommands", """{"scope":{"type":"chat","chat_id":17}}"""),
        ["deleteMyCommands, one group's administrators"] = (
            bot => bot.DeleteMyCommands(BotCommandScope.ChatAdministrators("@market")),
            "deleteMyCommands",
            """{"scope":{"type":"chat_administrators","chat_id":"@market"}}"""),
        ["setMyDescription"] = (bot => bot.SetMyDescription("d", "ru"), "setMyDescription", """{"description":"d","language_code":"ru"}"""),
        ["setMyDescription, removing"] = (bot => bot.SetMyDescription(""), "setMyDescription", """{"description":""}"""),
        ["setMyShortDescription"] = (
            bot => bot.SetMyShortDescription("d", "ru"), "setMyShortDescription", """{"short_description":"d","language_code":"ru"}"""),
        ["sendInvoice, Stars"] = (
            bot => bot.SendInvoice(17, "Title", "Text", "p-1", "XTR", OnePrice, providerToken: "", startParameter: "pay"),
            "sendInvoice",
            """{"chat_id":17,"title":"Title","description":"Text","payload":"p-1","currency":"XTR","prices":[{"label":"Month","amount":250}],"provider_token":"","start_parameter":"pay"}"""),
        ["sendInvoice, full"] = (
            bot => bot.SendInvoice(
                17, "T", "D", "p", "RUB", [("Free", 0)], "pt", "{}", 5, [1, 2], "https://x.example/p.png", 1, 2, 3, true, true, true, true, true, true, true,
                replyParameters: 9, replyMarkup: InlineKeyboardButton.WithPay("Pay"), startParameter: "s", messageThreadId: 3, disableNotification: true,
                protectContent: true, messageEffectId: "e", allowPaidBroadcast: true, directMessagesTopicId: 6),
            "sendInvoice",
            """
            {"chat_id":17,"title":"T","description":"D","payload":"p","currency":"RUB","prices":[{"label":"Free","amount":0}],"provider_token":"pt","provider_data":"{}",
             "max_tip_amount":5,"suggested_tip_amounts":[1,2],"photo_url":"https://x.example/p.png","photo_size":1,"photo_width":2,"photo_height":3,
             "need_name":true,"need_phone_number":true,"need_email":true,"need_shipping_address":true,"send_phone_number_to_provider":true,"send_email_to_provider":true,"is_flexible":true,
             "reply_parameters":{"message_id":9},"reply_markup":{"inline_keyboard":[[{"text":"Pay","pay":true}]]},"start_parameter":"s","message_thread_id":3,
             "disable_notification":true,"protect_content":true,"message_effect_id":"e","allow_paid_broadcast":true,"direct_messages_topic_id":6}
            """),
        ["createInvoiceLink, subscription"] = (
            bot => bot.CreateInvoiceLink("T", "D", "p", "XTR", OnePrice, providerToken: "", subscriptionPeriod: 2592000, businessConnectionId: "b"),
            "createInvoiceLink",
            """{"title":"T","description":"D","payload":"p","currency":"XTR","prices":[{"label":"Month","amount":250}],"provider_token":"","subscription_period":2592000,"business_connection_id":"b"}"""),
        ["createInvoiceLink, full"] = (
            bot => bot.CreateInvoiceLink("T", "D", "p", "RUB", OnePrice, "pt", "{}", 5, [1, 2], "https://x.example/p.png", 1, 2, 3, true, true, true, true, true, true, true),
            "createInvoiceLink",
            """
            {"title":"T","description":"D","payload":"p","currency":"RUB","prices":[{"label":"Month","amount":250}],"provider_token":"pt","provider_data":"{}",
             "max_tip_amount":5,"suggested_tip_amounts":[1,2],"photo_url":"https://x.example/p.png","photo_size":1,"photo_width":2,"photo_height":3,
             "need_name":true,"need_phone_number":true,"need_email":true,"need_shipping_address":true,"send_phone_number_to_provider":true,"send_email_to_provider":true,"is_flexible":true}
            """),
        ["answerPreCheckoutQuery, yes"] = (bot => bot.AnswerPreCheckoutQuery("q"), "answerPreCheckoutQuery", """{"pre_checkout_query_id":"q","ok":true}"""),
        ["answerPreCheckoutQuery, no"] = (
            bot => bot.AnswerPreCheckoutQuery("q", "Продано"), "answerPreCheckoutQuery", """{"pre_checkout_query_id":"q","ok":false,"error_message":"Продано"}"""),
        ["refundStarPayment"] = (
            bot => bot.RefundStarPayment(4503599627370495, "c-1"), "refundStarPayment", """{"user_id":4503599627370495,"telegram_payment_charge_id":"c-1"}"""),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_call_goes_out_under_the_names_of_the_Bot_API_without_its_defaults(string name)
    {
        var (call, method, json) = Calls[name];
        var answer = method switch
        {
            "getUpdates" => """{"ok":true,"result":[]}""",
            "createInvoiceLink" => """{"ok":true,"result":"https://t.me/$x"}""",
            "sendMessage" or "editMessageText" or "editMessageReplyMarkup" or "sendInvoice" => SomeMessage,
            _ => SomeTrue,
        };
        var server = ScriptedHandler.Json(answer);

        await call(Bot.Over(server));

        var (url, type, body) = Assert.Single(server.Asked);
        Assert.Equal($"https://api.telegram.org/bot{Bot.Token}/{method}", url);
        Assert.Equal("application/json", type);
        Assert.Equal(Bot.Sorted(json), Bot.Sorted(body!));
    }

    [Theory]
    [InlineData("getMe", """{"ok":true,"result":{"id":123456,"is_bot":true,"first_name":"Market","username":"market_bot","can_join_groups":true}}""")]
    [InlineData("getWebhookInfo", """{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}""")]
    public async Task A_call_without_parameters_has_no_body(string method, string answer)
    {
        var server = ScriptedHandler.Json(answer);
        var bot = Bot.Over(server);

        await (method == "getMe" ? bot.GetMe(TestContext.Current.CancellationToken) : (Task)bot.GetWebhookInfo(TestContext.Current.CancellationToken));

        Assert.Equal($"https://api.telegram.org/bot{Bot.Token}/{method}", server.Asked.Single().Url);
        Assert.Null(server.Asked.Single().Body);
    }

    [Fact]
    public async Task A_certificate_is_uploaded_as_a_form_and_again_when_the_call_is_repeated()
    {
        var server = new ScriptedHandler(
            ScriptedHandler.Answer("""{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":1}}""", System.Net.HttpStatusCode.TooManyRequests),
            ScriptedHandler.Answer(SomeTrue));
        var certificate = InputFile.FromStream(new MemoryStream(Encoding.ASCII.GetBytes("-----BEGIN-----")), "bot.pem");

        await Bot.Over(server, clock: new ImpatientClock())
            .SetWebhook("https://x.example/hook", certificate, maxConnections: 7, allowedUpdates: [UpdateType.Message], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, server.Asked.Count);
        Assert.All(server.Asked, asked => Assert.StartsWith("multipart/form-data", asked.ContentType, StringComparison.Ordinal));
        Assert.All(server.Asked, asked => Assert.Contains("-----BEGIN-----", asked.Body, StringComparison.Ordinal));
        Assert.Contains("name=max_connections\r\n\r\n7", server.Asked[1].Body, StringComparison.Ordinal);
        Assert.Contains("""name=allowed_updates""" + "\r\n\r\n[\"message\"]", server.Asked[1].Body, StringComparison.Ordinal);
        Assert.Contains("name=certificate; filename=bot.pem", server.Asked[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_request_is_known_to_the_generated_serializer()
    {
        var requests = typeof(SendMessageRequest).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IRequest)));

        var reflected = requests.Where(t => BotApiJson.Default.GetTypeInfo(t) is null);

        Assert.Empty(reflected);
    }

    [Fact]
    public async Task A_request_of_the_callers_own_is_sent_and_may_ask_for_raw_JSON()
    {
        var server = ScriptedHandler.Json("""{"ok":true,"result":[{"update_id":1,"new_thing":{"a":1}}]}""");

        var raw = await Bot.Over(server).SendRequest(new RawUpdates { AllowedUpdates = [UpdateType.Message] }, TestContext.Current.CancellationToken);

        Assert.Equal("""{"update_id":1,"new_thing":{"a":1}}""", Assert.Single(raw).GetRawText());
        Assert.Equal("""{"allowed_updates":["message"]}""", server.Asked.Single().Body);
    }

    [Fact]
    public void A_request_can_be_the_answer_to_a_webhook_call()
    {
        var request = new DeleteMessageRequest { ChatId = 17, MessageId = 4, IsWebhookResponse = true };

        var json = JsonSerializer.Serialize(request, JsonBotAPI.Options);

        Assert.Equal(Bot.Sorted("""{"method":"deleteMessage","chat_id":17,"message_id":4}"""), Bot.Sorted(json));
    }

    private sealed class RawUpdates() : RequestBase<JsonElement[]>("getUpdates")
    {
        public UpdateType[]? AllowedUpdates { get; set; }
    }
}
