using System.Text;
using System.Text.Json;
using MarketBot.Presentation.Bot.Telegram;

namespace MarketBot.Tests.Unit.Presentation.Telegram;

public class UpdateIntakeTests
{
    [Theory]
    [InlineData(
        """{"update_id":1,"callback_query":{"id":"5","message":{"message_id":2"""
        + ""","reply_markup":{"inline_keyboard":[[{"text":"{\"Ключ\"}","callback_data":"a"}]]},"text":"Ж"},"data":"a"}}""",
        """{"update_id":1,"callback_query":{"id":"5","message":{"message_id":2,"reply_markup":null,"text":"Ж"},"data":"a"}}""")]
    [InlineData("""{"callback_query":{"message":{"reply_markup":{}}}}""", """{"callback_query":{"message":{"reply_markup":null}}}""")]
    public void A_press_is_stored_without_the_buttons_of_its_screen(string update, string stored) => Assert.Equal(stored, Stored(update));

    [Theory]
    [InlineData("""{"update_id":1,"message":{"text":"a","reply_markup":{"inline_keyboard":[]}}}""")]
    [InlineData("""{"update_id":1,"callback_query":{"id":"5","data":"a"}}""")]
    [InlineData("""{"callback_query":5}""")]
    [InlineData("""{"callback_query":{"message":[{"reply_markup":1}]}}""")]
    [InlineData("""{"update_id":1,"new_kind":{"a":[1, 2]}}""")]
    public void Anything_else_is_stored_as_it_came(string update) => Assert.Equal(update, Stored(update));

    private static string Stored(string update)
    {
        using var batch = JsonDocument.Parse($"[{update}]");
        return Encoding.UTF8.GetString(UpdateIntake.Payload(batch.RootElement[0]));
    }
}
