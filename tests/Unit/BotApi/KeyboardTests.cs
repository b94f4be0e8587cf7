using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.ReplyMarkups;

namespace MarketBot.Tests.Unit.BotApi;

public class KeyboardTests
{
    [Fact]
    public void Each_kind_of_button_is_written_with_what_it_does_only()
    {
        InlineKeyboardMarkup keyboard = new([
            [InlineKeyboardButton.WithCallbackData("same"), ("text", "data"), ("site", "https://x.example"), "plain"],
            [InlineKeyboardButton.WithWebApp("app", "https://x.example/app"), InlineKeyboardButton.WithCopyText("copy", "k-1")],
            [InlineKeyboardButton.WithSwitchInlineQuery("ask"), InlineKeyboardButton.WithSwitchInlineQueryCurrentChat("here", "q")],
        ]);

        var json = JsonSerializer.Serialize<ReplyMarkup>(keyboard, JsonBotAPI.Options);

        Assert.Equal(
            """{"inline_keyboard":[[{"text":"same","callback_data":"same"},{"text":"text","callback_data":"data"},{"text":"site","url":"https://x.example"},{"text":"plain","callback_data":"plain"}],"""
            + """[{"text":"app","web_app":{"url":"https://x.example/app"}},{"text":"copy","copy_text":{"text":"k-1"}}],"""
            + """[{"text":"ask","switch_inline_query":""},{"text":"here","switch_inline_query_current_chat":"q"}]]}""",
            json);
    }

    [Fact]
    public void A_keyboard_grows_button_by_button()
    {
        var keyboard = new InlineKeyboardMarkup().AddButton("1", "a").AddButtons("2", "3").AddNewRow("4").AddNewRow().AddButton("5");

        var rows = keyboard.InlineKeyboard.Select(row => string.Join(' ', row.Select(b => b.Text)));

        Assert.Equal(["1 2 3", "4", "5"], rows);
    }

    [Fact]
    public void Buttons_rows_and_tables_become_keyboards()
    {
        InlineKeyboardButton button = ("a", "b");
        ReplyMarkup?[] markups = [button, new[] { button, button }, new List<InlineKeyboardButton> { button }, new[] { new[] { button }, new[] { button } }];

        var shapes = markups.Cast<InlineKeyboardMarkup>().Select(m => string.Join('/', m.InlineKeyboard.Select(row => row.Count())));

        Assert.Equal(["1", "2", "1", "1/1"], shapes);
    }

    [Theory]
    [InlineData("@market", null, "@market")]
    [InlineData("-1001234567890", -1001234567890, null)]
    public void A_chat_is_named_by_number_or_name(string text, long? number, string? name)
    {
        ChatId chat = text;

        Assert.Equal((number, name, text), (chat.Identifier, chat.Username, chat.ToString()));
        Assert.Equal(chat, number is { } id ? new ChatId(id) : "@MARKET");
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("market")]
    public void What_names_no_chat_is_refused(string text) => Assert.Throws<ArgumentException>(() => new ChatId(text));
}
