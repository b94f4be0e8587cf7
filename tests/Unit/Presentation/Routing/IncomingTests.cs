using System.Text.Json;
using MarketBot.Domain.Accounts;
using MarketBot.Presentation.Bot.Routing;
using MarketBot.Presentation.Bot.Telegram;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace MarketBot.Tests.Unit.Presentation.Updates;

public class IncomingTests
{
    private const string Anna = """{"id":4503599627370495,"is_bot":false,"first_name":"Анна","last_name":"Орехова","username":"anna","language_code":"ru"}""";
    private const string Private = """{"id":4503599627370495,"type":"private","first_name":"Анна"}""";
    private const string Group = """{"id":-100123,"type":"supergroup","title":"Shops"}""";

    private static readonly TelegramProfile Profile = new(new TelegramId(4_503_599_627_370_495), "Анна", "Орехова", "anna", "ru");

    private static Update Read(string fields) => JsonSerializer.Deserialize<Update>($"{{\"update_id\":77,{fields}}}", JsonBotAPI.Options)!;

    private static Update Message(string fields, string chat = Private, string from = Anna) =>
        Read($"\"message\":{{\"message_id\":5,\"date\":1772366400,\"from\":{from},\"chat\":{chat},{fields}}}");

    private static string? WordOf(string text) => new IncomingMessage(1, Profile, 5, text, true).CommandWord;

    [Fact]
    public void A_text_in_the_private_chat_is_a_message()
    {
        var incoming = Incoming.From(Message("\"text\":\"hello\""));

        Assert.Equal(new IncomingMessage(77, Profile, 5, "hello", IsContent: true), incoming);
        Assert.Equal(4_503_599_627_370_495, incoming!.ChatId);
    }

    [Theory]
    [InlineData("\"photo\":[{\"file_id\":\"a\",\"file_unique_id\":\"b\",\"width\":1,\"height\":1}],\"caption\":\"k-1\"", true)]
    [InlineData("\"voice\":{\"file_id\":\"a\",\"file_unique_id\":\"b\",\"duration\":1}", true)]
    [InlineData(
        "\"sticker\":{\"file_id\":\"a\",\"file_unique_id\":\"b\",\"type\":\"regular\",\"width\":1,\"height\":1,"
        + "\"is_animated\":false,\"is_video\":false}", true)]
    [InlineData("\"contact\":{\"phone_number\":\"1\",\"first_name\":\"A\"}", true)]
    [InlineData("\"location\":{\"latitude\":1.5,\"longitude\":2.5}", true)]
    [InlineData("\"dice\":{\"emoji\":\"🎲\",\"value\":3}", true)]
    [InlineData("\"group_chat_created\":true", false)]
    [InlineData("\"message_auto_delete_timer_changed\":{\"message_auto_delete_time\":60}", false)]
    [InlineData("\"something_new\":{\"a\":1}", false)]
    public void What_is_no_text_is_content_or_a_note_of_Telegrams(string fields, bool isContent)
    {
        var incoming = Assert.IsType<IncomingMessage>(Incoming.From(Message(fields)));

        Assert.Equal((null, isContent), (incoming.Text, incoming.IsContent));
    }

    [Fact]
    public void People_without_optional_names_have_empty_ones()
    {
        var incoming = Incoming.From(Message("\"text\":\"a\"", from: """{"id":7,"is_bot":false,"first_name":"A"}"""));

        Assert.Equal(new TelegramProfile(new TelegramId(7), "A"), incoming!.Person);
    }

    [Fact]
    public void Groups_channels_and_bots_are_nobody_in_a_private_chat()
    {
        Update[] others =
        [
            Message("\"text\":\"a\"", Group),
            Message("\"text\":\"a\"", Private, """{"id":8,"is_bot":true,"first_name":"Bot"}"""),
            Read($"\"edited_message\":{{\"message_id\":5,\"date\":1,\"edit_date\":2,\"from\":{Anna},\"chat\":{Private},\"text\":\"a\"}}"),
            Read("\"channel_post\":{\"message_id\":5,\"date\":1,\"chat\":{\"id\":-1005,\"type\":\"channel\",\"title\":\"c\"},\"text\":\"a\"}"),
            Read($"\"my_chat_member\":{{\"chat\":{Private},\"from\":{Anna},\"date\":1,\"old_chat_member\":{{\"status\":\"member\",\"user\":{Anna}}},"
                + $"\"new_chat_member\":{{\"status\":\"kicked\",\"user\":{Anna},\"until_date\":0}}}}"),
            Read("\"something_new\":{\"a\":1}"),
            Read($"\"callback_query\":{{\"id\":\"q\",\"from\":{Anna},\"chat_instance\":\"c\",\"data\":\"menu\",\"message\":{{\"message_id\":5,"
                + $"\"date\":1772366400,\"chat\":{Group},\"text\":\"a\"}}}}"),
        ];

        Assert.All(others, update => Assert.Null(Incoming.From(update)));
    }

    [Fact]
    public void A_press_names_the_message_it_was_made_under()
    {
        var incoming = Incoming.From(
            Read($"\"callback_query\":{{\"id\":\"q\",\"from\":{Anna},\"chat_instance\":\"c\",\"data\":\"menu\",\"message\":{{\"message_id\":5,"
                + $"\"date\":1772366400,\"chat\":{Private},\"text\":\"a\"}}}}"));

        Assert.Equal(new IncomingPress(77, Profile, "q", "menu", 5), incoming);
    }

    [Fact]
    public void A_press_under_an_inaccessible_or_missing_message_cannot_be_edited()
    {
        var inaccessible = Incoming.From(
            Read($"\"callback_query\":{{\"id\":\"q\",\"from\":{Anna},\"chat_instance\":\"c\",\"data\":\"menu\",\"message\":{{\"message_id\":5,\"date\":0,"
                + $"\"chat\":{Private}}}}}"));
        var missing = Incoming.From(Read($"\"callback_query\":{{\"id\":\"q\",\"from\":{Anna},\"chat_instance\":\"c\",\"inline_message_id\":\"i\"}}"));

        Assert.Equal(new IncomingPress(77, Profile, "q", "menu", null), inaccessible);
        Assert.Equal(new IncomingPress(77, Profile, "q", null, null), missing);
    }

    [Fact]
    public void A_lane_is_the_persons_or_the_groups()
    {
        Assert.Equal(4_503_599_627_370_495, UpdateIntake.LaneOf(Message("\"text\":\"a\"")));
        Assert.Equal(-100123, UpdateIntake.LaneOf(Message("\"text\":\"a\"", Group)));
        Assert.Equal(
            -100123,
            UpdateIntake.LaneOf(
                Read($"\"my_chat_member\":{{\"chat\":{Group},\"from\":{Anna},\"date\":1,\"old_chat_member\":{{\"status\":\"left\",\"user\":{Anna}}},"
                    + $"\"new_chat_member\":{{\"status\":\"member\",\"user\":{Anna}}}}}")));
        Assert.Equal(0, UpdateIntake.LaneOf(Read("\"something_new\":{\"a\":1}")));
    }

    [Theory]
    [InlineData("/start", "start")]
    [InlineData("/START", "start")]
    [InlineData("/start@market_bot", "start")]
    [InlineData("/start payload", "start")]
    [InlineData("/sign_out\nplease", "sign_out")]
    [InlineData("/help\tme", "help")]
    [InlineData("/@", "")]
    [InlineData("/ ", "")]
    [InlineData("/", null)]
    [InlineData("", null)]
    [InlineData("start", null)]
    [InlineData(" /start", null)]
    public void The_word_of_a_command_stands_behind_the_slash(string text, string? word) => Assert.Equal(word, WordOf(text));
}
