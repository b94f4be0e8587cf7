using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.Rendering;
using MarketBot.Presentation.Bot.Routing;
using NSubstitute;

namespace MarketBot.Tests.Unit.Presentation;

/// <summary>The visible parts of a reply.</summary>
internal static class Shown
{
    public const int MostCharacters = 4096;

    /// <summary>Names that people might give, to break a message.</summary>
    public static readonly string[] HostileNames =
    [
        "<b>bold", "</code>&", "</b></b>", "&lt;&amp;&#0;&#x110000;", "<a href=\"tg://user?id=1\">me</a>", "%s%n{0}{{1}}", "\"'`<!--", "]]>",
        "\u202Egnp.exe", "\u2066\u2067\u2068nested", "\u2069\u2069out", "\u200E\u200F\u061C", "zero\u200B\u200Dwidth\uFEFF", "lone \ud83c high",
        "lone \udf30 low", "\udf30\ud83c",
        new string('W', 255), string.Concat(Enumerable.Repeat("🌰", 255)), "Z" + new string('\u0301', 254), "two\nlines\r\nand\u2028more\u2029still",
        "\0\u0001\u0007\u001b[31m", "متجر المكسرات", "חנות אגוזים (1) <b>", "", " ", "\u3164", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
        "\ufffe\uffff", "/start@bot #tag @name https://t.me/x",
    ];

    /// <summary>The text as Telegram would show it; fails when it does not parse or is too long.</summary>
    public static string Text(Html html)
    {
        var text = HtmlParser.Parse(html.Markup).Text;
        Assert.InRange(text.Length, 1, MostCharacters);
        return text;
    }

    public static string Text(Reply reply) => Text(Assert.NotNull(reply.Text));

    /// <summary>The labels: buttons of a row joined by " | ".</summary>
    public static string[] Labels(Reply reply) => [.. reply.Keyboard.Rows.Select(row => string.Join(" | ", row.Select(b => b.Label.Text)))];

    /// <summary>The record that a button sends.</summary>
    public static IButton Press(Reply reply, string label) => reply.Keyboard.Rows.SelectMany(r => r).Single(b => b.Label.Text == label).Press!;

    public static Turn Turn(Language language = Language.Ru, Role? role = null, string? text = null) => new(CallerOf(role), language, text);

    /// <summary>Somebody who is registered as a seller and has signed out.</summary>
    public static Caller SignedOut() => CallerOf(Role.Seller, loggedOut: true);

    public static Caller CallerOf(Role? role, bool banned = false, bool active = true, Session? session = null, bool loggedOut = false)
    {
        var id = new TelegramId(1001);
        var user = role is { } known ? new TelegramUser(5, id, "Anna", "", "", known, DateTime.UnixEpoch, banned, active, loggedOut) : null;
        var store = Substitute.For<ICallerStore>();
        store.Load(id, Arg.Any<CancellationToken>()).Returns(new CallerState(user, true, session, false));
        var caller = new Caller(store);
        caller.Identify(new TelegramProfile(id, "Anna"), 77, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return caller;
    }
}
