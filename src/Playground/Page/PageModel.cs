using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MarketBot.Playground;

/// <summary>What the page reads.</summary>
internal sealed class PageModel(TelegramWorld world)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int ShownMessages = 200;
    private const int ShownChats = 500;

    public object State()
    {
        var people = world.People;
        return new
        {
            bot = new { id = world.BotId, name = world.Options.BotName, username = world.Options.BotUsername, about = world.Profile.ShortDescription() },
            chats = people.Select(p => Summary(p.Chat, p.Hint)).Concat(world.Groups.Select(g => Summary(g.Chat, ""))).Take(ShownChats),
            more = Math.Max(0, people.Count - ShownChats),
        };
    }

    public object Chat(Chat chat)
    {
        lock (world.Gate)
        {
            return new
            {
                id = chat.Id,
                title = Title(chat),
                type = chat.Type,
                username = chat.Owner?.Username,
                language = chat.Owner?.LanguageCode,
                hint = chat.Owner?.Hint ?? "",
                blocked = chat.Owner?.HasBlockedBot ?? false,
                about = world.Profile.Description(chat.Owner?.LanguageCode is { Length: >= 2 } tag ? tag[..2] : ""),
                action = chat.Action,
                commands = chat.Owner is { } owner ? world.Profile.MenuOf(owner) : world.Profile.Commands("all_group_chats"),
                messages = chat.Messages.TakeLast(ShownMessages).Select(Message),
                waiting = world.Callbacks.Waiting.Where(p => p.Chat == chat).Select(p => new { message = p.MessageId, data = p.Data }),
                answers = world.Callbacks.Answered.Where(p => p.Chat == chat).TakeLast(10)
                    .Select(p => new { id = p.QueryId, text = p.Answered.Result.Text, alert = p.Answered.Result.ShowAlert, url = p.Answered.Result.Url }),
            };
        }
    }

    public (long Version, IReadOnlyList<long> Chats) ChangesSince(long since)
    {
        lock (world.Gate)
            return (world.Version, since == 0 ? [] : [.. world.ChatsSince(since).Select(c => c.Id)]);
    }

    private static object Summary(Chat chat, string hint)
    {
        var last = chat.Messages is { Count: > 0 } messages ? messages[^1] : null;
        return new
        {
            id = chat.Id,
            title = Title(chat),
            type = chat.Type,
            username = chat.Owner?.Username,
            language = chat.Owner?.LanguageCode,
            hint,
            blocked = chat.Owner?.HasBlockedBot ?? false,
            last = last is null ? "" : Preview(last),
            time = last?.Date.ToUnixTimeMilliseconds(),
        };
    }

    private static object Message(Message m) => new
    {
        id = m.Id,
        bot = m.FromBot,
        from = m.From?.FirstName ?? "",
        kind = m.Kind.ToString(),
        text = m.Text,
        entities = m.Entities.Select(e => new { e.Type, e.Offset, e.Length, e.Url }),
        keyboard = m.Keyboard.Select(row => row.Select(b => new { b.Text, data = b.Data, b.Url, b.Pay, b.Style })),
        time = m.Date.ToUnixTimeMilliseconds(),
        edited = m.Edits > 0,
        isProtected = m.IsProtected,
        reply = m.ReplyTo is { } reply ? Preview(reply) : null,
        invoice = m.Invoice is { } invoice ? new { invoice.Title, invoice.Description, amount = Amount(invoice) } : null,
        receipt = m.Receipt is { } receipt ? new { receipt.Payment.Invoice.Title, amount = Amount(receipt.Payment.Invoice) } : null,
    };

    private static string Preview(Message m) => m.Kind == MessageKind.Text ? m.Text.Length > 80 ? m.Text[..80].ReplaceLineEndings(" ") : m.Text.ReplaceLineEndings(" ") : m.Kind.ToString();

    private static string Title(Chat chat) => chat.Owner is { } person ? $"{person.FirstName} {person.LastName}".Trim() : chat.Group!.Title;

    private static string Amount(Invoice invoice) => invoice.Currency == "XTR"
        ? string.Create(CultureInfo.InvariantCulture, $"⭐ {invoice.TotalAmount}")
        : string.Create(CultureInfo.InvariantCulture, $"{invoice.TotalAmount / 100m:0.00} {invoice.Currency}");
}
