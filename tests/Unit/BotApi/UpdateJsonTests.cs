using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace MarketBot.Tests.Unit.BotApi;

public class UpdateJsonTests
{
    private const long Largest = 4503599627370495;

    [Fact]
    public void A_message_reads_with_all_that_a_seller_may_send()
    {
        const string json = """
            {"update_id":10,"message":{"message_id":5,"from":{"id":17,"is_bot":false,"first_name":"Анна","last_name":"Б","username":"anna","language_code":"pt-br","is_premium":true},
             "chat":{"id":17,"first_name":"Анна","type":"private"},"date":1700000000,"edit_date":1700000060,"text":"/start key-1",
             "entities":[{"offset":0,"length":6,"type":"bot_command"}],
             "reply_markup":{"inline_keyboard":[[{"text":"On","callback_data":"d"}],[{"text":"Site","url":"https://x.example"}]]}}}
            """;

        var update = Read(json);

        var message = update.Message!;
        Assert.Equal((10, UpdateType.Message, MessageType.Text), (update.Id, update.Type, message.Type));
        Assert.Equal((5, 5, 17L, ChatType.Private), (message.Id, message.MessageId, message.Chat.Id, message.Chat.Type));
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc), message.Date);
        Assert.Equal(DateTimeKind.Utc, message.Date.Kind);
        Assert.Equal(message.Date.AddMinutes(1), message.EditDate);
        Assert.Equal(("Анна", "pt-br", true), (message.From!.FirstName, message.From.LanguageCode, message.From.IsPremium));
        Assert.Equal((MessageEntityType.BotCommand, 6), (message.Entities![0].Type, message.Entities[0].Length));
        Assert.Equal(["d", null], message.ReplyMarkup!.InlineKeyboard.Select(row => row.Single().CallbackData));
    }

    [Theory]
    [InlineData("message", UpdateType.Message)]
    [InlineData("edited_message", UpdateType.EditedMessage)]
    [InlineData("channel_post", UpdateType.ChannelPost)]
    [InlineData("edited_channel_post", UpdateType.EditedChannelPost)]
    [InlineData("callback_query", UpdateType.CallbackQuery)]
    [InlineData("shipping_query", UpdateType.ShippingQuery)]
    [InlineData("pre_checkout_query", UpdateType.PreCheckoutQuery)]
    [InlineData("my_chat_member", UpdateType.MyChatMember)]
    [InlineData("chat_member", UpdateType.ChatMember)]
    [InlineData("subscription", UpdateType.Unknown)]
    public void The_type_of_an_update_is_the_field_that_is_filled(string field, UpdateType type)
    {
        var json = $$"""{"update_id":1,"{{field}}":{} }""";

        var update = Read(json);

        Assert.Equal(type, update.Type);
    }

    [Theory]
    [InlineData("\"text\":\"x\"", MessageType.Text)]
    [InlineData("\"photo\":[{\"file_id\":\"f\",\"file_unique_id\":\"u\",\"width\":1,\"height\":1}]", MessageType.Photo)]
    [InlineData("\"sticker\":{\"file_id\":\"f\",\"file_unique_id\":\"u\",\"type\":\"regular\",\"width\":1,\"height\":1,\"is_animated\":false,\"is_video\":false}", MessageType.Sticker)]
    [InlineData("\"voice\":{\"file_id\":\"f\",\"file_unique_id\":\"u\",\"duration\":1}", MessageType.Voice)]
    [InlineData("\"document\":{\"file_id\":\"f\",\"file_unique_id\":\"u\",\"file_size\":5000000000}", MessageType.Document)]
    [InlineData("\"animation\":{\"file_id\":\"f\",\"file_unique_id\":\"u\"},\"document\":{\"file_id\":\"f\",\"file_unique_id\":\"u\"}", MessageType.Animation)]
    [InlineData("\"contact\":{\"phone_number\":\"7\",\"first_name\":\"A\",\"user_id\":4503599627370495}", MessageType.Contact)]
    [InlineData("\"location\":{\"latitude\":1.5,\"longitude\":2},\"venue\":{\"location\":{\"latitude\":1.5,\"longitude\":2},\"title\":\"t\",\"address\":\"a\"}", MessageType.Venue)]
    [InlineData("\"new_chat_members\":[{\"id\":1,\"is_bot\":true,\"first_name\":\"B\"}]", MessageType.NewChatMembers)]
    [InlineData("\"group_chat_created\":true", MessageType.GroupChatCreated)]
    [InlineData("\"migrate_to_chat_id\":-1001234567890", MessageType.MigrateToChatId)]
    [InlineData("\"forum_topic_closed\":{}", MessageType.ForumTopicClosed)]
    [InlineData("\"refunded_payment\":{\"currency\":\"XTR\",\"total_amount\":1,\"invoice_payload\":\"p\",\"telegram_payment_charge_id\":\"c\"}", MessageType.RefundedPayment)]
    [InlineData("\"something_new\":{\"deep\":[1,{\"x\":null}]}", MessageType.Unknown)]
    public void The_type_of_a_message_is_what_it_consists_of(string content, MessageType type)
    {
        var json = $$$"""{"update_id":1,"message":{"message_id":1,"date":1700000000,"chat":{"id":1,"type":"private"},{{{content}}}}}""";

        var message = Read(json).Message!;

        Assert.Equal(type, message.Type);
    }

    [Fact]
    public void An_inaccessible_message_of_a_tapped_button_has_no_date()
    {
        const string json = """
            {"update_id":1,"callback_query":{"id":"4382","from":{"id":17,"is_bot":false,"first_name":"A"},"chat_instance":"-3","data":"shop_on:17:True",
             "message":{"chat":{"id":17,"type":"private"},"message_id":99,"date":0}}}
            """;

        var query = Read(json).CallbackQuery!;

        Assert.Equal(default, query.Message!.Date);
        Assert.Equal((99, 17L, "shop_on:17:True"), (query.Message.Id, query.Message.Chat.Id, query.Data));
    }

    [Fact]
    public void A_tapped_button_of_an_inline_message_has_no_message()
    {
        const string json = """{"update_id":1,"callback_query":{"id":"1","from":{"id":17,"is_bot":false,"first_name":"A"},"inline_message_id":"i","chat_instance":"-3","game_short_name":"g"}}""";

        var query = Read(json).CallbackQuery!;

        Assert.Null(query.Message);
        Assert.Equal(("i", "g", null), (query.InlineMessageId, query.GameShortName, query.Data));
    }

    [Theory]
    [InlineData("creator", typeof(ChatMemberOwner), ChatMemberStatus.Creator)]
    [InlineData("administrator", typeof(ChatMemberAdministrator), ChatMemberStatus.Administrator)]
    [InlineData("member", typeof(ChatMemberMember), ChatMemberStatus.Member)]
    [InlineData("restricted", typeof(ChatMemberRestricted), ChatMemberStatus.Restricted)]
    [InlineData("left", typeof(ChatMemberLeft), ChatMemberStatus.Left)]
    [InlineData("kicked", typeof(ChatMemberBanned), ChatMemberStatus.Kicked)]
    [InlineData("apprentice", typeof(UnknownChatMember), default(ChatMemberStatus))]
    public void A_member_reads_by_its_status_wherever_that_stands(string status, Type kind, ChatMemberStatus expected)
    {
        var json = $$"""{"new_field":[{"status":"left"}],"user":{"id":{{Largest}},"is_bot":true,"first_name":"B"},"until_date":0,"status":"{{status}}"}""";

        var member = JsonSerializer.Deserialize<ChatMember>(json, JsonBotAPI.Options)!;

        Assert.Equal((kind, expected, Largest), (member.GetType(), member.Status, member.User.Id));
    }

    [Fact]
    public void Blocking_the_bot_reads_as_a_ban_without_end()
    {
        const string json = """
            {"update_id":1,"my_chat_member":{"chat":{"id":17,"type":"private"},"from":{"id":17,"is_bot":false,"first_name":"A"},"date":1700000000,
             "old_chat_member":{"status":"member","user":{"id":1,"is_bot":true,"first_name":"B"}},
             "new_chat_member":{"status":"kicked","until_date":0,"user":{"id":1,"is_bot":true,"first_name":"B"}}}}
            """;

        var change = Read(json).MyChatMember!;

        Assert.Equal(ChatMemberStatus.Member, change.OldChatMember.Status);
        Assert.Null(Assert.IsType<ChatMemberBanned>(change.NewChatMember).UntilDate);
    }

    [Fact]
    public void Words_and_kinds_of_tomorrow_do_not_throw()
    {
        const string json = """
            {"update_id":2147483647,"message":{"message_id":1,"date":99999999999999,"edit_date":-1,"chat":{"id":1,"type":"metaverse"},"text":"x",
             "entities":[{"type":"date_time","offset":0,"length":1},{"type":null,"offset":0,"length":1},{"type":{"a":1},"offset":0,"length":1},
                         {"type":"a_word_that_is_much_longer_than_any_word_that_the_bot_api_has_used_up_to_now","offset":0,"length":1}],
             "brand_new":{"x":[1,2]}}}
            """;

        var message = Read(json).Message!;

        Assert.Equal(default, message.Chat.Type);
        Assert.All(message.Entities!, entity => Assert.Equal(default, entity.Type));
        Assert.Equal(default, message.Date);
    }

    [Fact]
    public void Numbers_of_52_bits_come_through()
    {
        var json = $$$$"""{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-{{{{Largest}}}},"type":"supergroup"},"from":{"id":{{{{Largest}}}},"is_bot":false,"first_name":"A"}}}""";

        var message = Read(JsonSerializer.Serialize(Read(json), JsonBotAPI.Options)).Message!;

        Assert.Equal((-Largest, Largest), (message.Chat.Id, message.From!.Id));
    }

    [Fact]
    public void Payments_read_to_the_last_field()
    {
        const string asked = """
            {"update_id":1,"pre_checkout_query":{"id":"q","from":{"id":17,"is_bot":false,"first_name":"A"},"currency":"XTR","total_amount":250,"invoice_payload":"p-1",
             "order_info":{"name":"A","shipping_address":{"country_code":"RU","state":"","city":"M","street_line1":"1","street_line2":"2","post_code":"3"}}}}
            """;
        const string paid = """
            {"update_id":2,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"successful_payment":{"currency":"XTR","total_amount":250,"invoice_payload":"p-1",
             "subscription_expiration_date":1700000000,"is_recurring":true,"is_first_recurring":true,"telegram_payment_charge_id":"c-1","provider_payment_charge_id":"pc"}}}
            """;

        var query = Read(asked).PreCheckoutQuery!;
        var message = Read(paid).Message!;

        Assert.Equal(("q", "XTR", 250, "p-1"), (query.Id, query.Currency, query.TotalAmount, query.InvoicePayload));
        Assert.Equal(("1", "2"), (query.OrderInfo!.ShippingAddress!.StreetLine1, query.OrderInfo.ShippingAddress.StreetLine2));
        Assert.Equal(MessageType.SuccessfulPayment, message.Type);
        Assert.Equal(("c-1", true, true), (message.SuccessfulPayment!.TelegramPaymentChargeId, message.SuccessfulPayment.IsRecurring, message.SuccessfulPayment.IsFirstRecurring));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1700000000), message.SuccessfulPayment.SubscriptionExpirationDate);
    }

    [Theory]
    [InlineData("""{"update_id":1,"message":{"message_id":5,"date":1700000000,"chat":{"id":17,"type":"private"},"text":"Привет","entities":[{"type":"expandable_blockquote","offset":0,"length":2}]}}""")]
    [InlineData("""{"update_id":1,"callback_query":{"id":"1","from":{"id":17,"first_name":"A"},"message":{"chat":{"id":17,"type":"private"},"message_id":99,"date":0},"chat_instance":"-3","data":"d"}}""")]
    [InlineData("""{"update_id":1,"my_chat_member":{"chat":{"id":17,"type":"private"},"from":{"id":17,"first_name":"A"},"date":1700000000,"old_chat_member":{"status":"member","user":{"id":1,"first_name":"B"}},"new_chat_member":{"status":"restricted","user":{"id":1,"first_name":"B"},"until_date":1700000000}}}""")]
    public void A_stored_update_is_written_as_it_was_read(string json)
    {
        var update = Read(json);

        var written = JsonSerializer.Serialize(update, JsonBotAPI.Options);

        Assert.Equal(Bot.Sorted(json), Bot.Sorted(written));
    }

    [Fact]
    public void Options_of_the_callers_own_read_the_same()
    {
        var options = new JsonSerializerOptions();
        JsonBotAPI.Configure(options);

        var update = JsonSerializer.Deserialize<Update>("""{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"group"}}}""", options)!;

        Assert.Equal((7, ChatType.Group), (update.Id, update.Message!.Chat.Type));
    }

    [Fact]
    public void Every_kind_of_update_but_the_unknown_can_be_asked_for()
    {
        var json = JsonSerializer.Serialize(Update.AllTypes, JsonBotAPI.Options);

        Assert.DoesNotContain("unknown", json, StringComparison.Ordinal);
        Assert.Contains("\"edited_channel_post\"", json, StringComparison.Ordinal);
        Assert.Equal(Enum.GetValues<UpdateType>().Length - 1, Update.AllTypes.Length);
    }

    private static Update Read(string json) => JsonSerializer.Deserialize<Update>(json, JsonBotAPI.Options)!;
}
