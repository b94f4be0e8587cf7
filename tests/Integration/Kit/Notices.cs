using System.Text.RegularExpressions;
using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>
/// Recognises messages that the bot sends unasked, by words that are written down here once more. They come by way of the outbox, at any moment, so before the
/// answer to what a person does or after it.
/// </summary>
internal static partial class Notices
{
    /// <summary>True for a message that nobody asked for.</summary>
    public static bool IsNotice(this Message message) => message.FromBot && message.Keyboard.Count == 0 && Words().IsMatch(message.Text);

    /// <summary>True for a message about a ban, in the words that also answer everything a banned person does.</summary>
    public static bool IsBan(this Message message) => message.FromBot && message.Keyboard.Count == 0 && Ban().IsMatch(message.Text);

    [GeneratedRegex(
        """
        ^(✅\ (Ваш\ доступ\ к\ боту\ восстановлен|Ваша\ подписка\ действует|Your\ access\ to\ the\ bot\ has\ been\ restored|Your\ subscription\ is\ running)
        |⏸\ (Ваша\ подписка\ закончилась|Your\ subscription\ has\ ended)
        |[✅⏸]\ .*\n(Кто:\ .*|На\ сайте|By\ .*|On\ the\ site),\ [-.0-9]+\ [:0-9]+\ UTC$)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Words();

    [GeneratedRegex(@"^🚫 (Ваш доступ к боту заблокирован|Your access to the bot has been blocked)\.$")]
    private static partial Regex Ban();
}
