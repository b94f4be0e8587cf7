using System.Text.Encodings.Web;
using System.Text.Json.Serialization;

namespace MarketBot.Playground;

/// <summary>The JSON that the page and the control API read.</summary>
internal sealed class PageModel(TelegramWorld world)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private const int ShownMessages = 100;
    private const int ShownChats = 300;
    private const int ShownEntries = 300;
    private const int ShownCalls = 1_000;

    public object State(IReadOnlyList<string> methods, Uri url)
    {
        lock (world.Gate)
        {
            var people = world.People;
            var shown = people.Count <= ShownChats
                ? people : [.. people.OrderByDescending(p => p.Hint.Length > 0).ThenByDescending(p => p.Chat.Version).Take(ShownChats)];
            return new
            {
                bot = new { id = world.BotId, name = world.Options.BotName, username = world.Options.BotUsername, about = world.Profile.ShortDescription() },
                url,
                token = world.Options.Token,
                methods,
                strictLimits = world.Options.StrictLimits,
                settled = world.IsSettled,
                recording = world.Recorder.IsOn,
                recordedSteps = world.Recorder.Steps,
                chats = shown.Select(p => Summary(p.Chat, p.Hint)).Concat(world.Groups.Select(g => Summary(g.Chat, ""))),
                more = people.Count - shown.Count,
            };
        }
    }

    public object Chat(Chat chat, long? limit)
    {
        lock (world.Gate)
        {
            var all = chat.Messages;
            var count = (int)Math.Clamp(limit ?? ShownMessages, 1, 1_000);
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
                earlier = Math.Max(0, all.Count - count),
                messages = all.TakeLast(count).Select(Message),
                waiting = world.Callbacks.WaitingIn(chat).Select(p => new { message = p.MessageId, data = p.Data }),
                answers = world.Callbacks.Answered.Where(p => p.Chat == chat).TakeLast(10)
                    .Select(p => new { id = p.QueryId, text = p.Answered.Result.Text, alert = p.Answered.Result.ShowAlert, url = p.Answered.Result.Url }),
                paying = world.Payments.Open.Where(p => p.By.Chat == chat).Select(p => p.Message?.Id),
                payments = world.Payments.Ended.Where(p => p.By.Chat == chat).TakeLast(10)
                    .Select(p => new { id = p.QueryId, outcome = p.Completed.Result, error = p.ErrorMessage }),
            };
        }
    }

    public object Export(Chat chat)
    {
        lock (world.Gate)
        {
            return new
            {
                bot = new { id = world.BotId, username = world.Options.BotUsername },
                exportedAt = world.Now,
                chat = new { id = chat.Id, title = Title(chat), type = chat.Type, username = chat.Owner?.Username, language = chat.Owner?.LanguageCode },
                messages = chat.Messages.Select(Message),
                deleted = chat.DeletedMessages.Select(Message),
            };
        }
    }

    public object Journal(long since)
    {
        lock (world.Gate)
        {
            var entries = world.Journal.Since(since).ToList();
            return new
            {
                revision = world.Journal.Revision,
                epoch = world.Epoch,
                faults = world.Faults.Planned,
                entries = entries.Skip(Math.Max(0, entries.Count - ShownEntries)).Select(Entry),
            };
        }
    }

    public static object Calls(IReadOnlyList<ApiCall> calls, string? method, long? chat, long since) => calls
        .Where(c => c.Number > since && (string.IsNullOrEmpty(method) || c.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
            && (chat is null || c.ChatId == chat))
        .TakeLast(ShownCalls).Select(Call);

    public static object Message(Message m) => new
    {
        id = m.Id,
        bot = m.FromBot,
        from = m.From?.FirstName ?? "",
        kind = m.Kind,
        text = m.Text,
        html = m.Html,
        entities = m.Entities.Select(e => new { e.Type, e.Offset, e.Length, e.Url }),
        keyboard = m.Keyboard.Select(row => row.Select(b => new { b.Text, data = b.Data, b.Url, b.Pay, b.Style })),
        time = m.Date.ToUnixTimeMilliseconds(),
        edits = m.Edits,
        isProtected = m.IsProtected,
        isSilent = m.IsSilent,
        reply = m.ReplyTo is { } reply ? Preview(reply) : null,
        invoice = m.Invoice is { } invoice ? new { invoice.Title, invoice.Description, amount = Amount(invoice) } : null,
        receipt = m.Receipt is { } receipt
            ? new { receipt.Payment.Invoice.Title, amount = Amount(receipt.Payment.Invoice), charge = receipt.Payment.ChargeId } : null,
    };

    private static object Call(ApiCall call) => new
    {
        number = call.Number,
        at = call.At.ToUnixTimeMilliseconds(),
        method = call.Method,
        chat = call.ChatId,
        ok = call.Ok,
        executed = call.IsExecuted,
        code = call.ErrorCode,
        description = call.Description,
        fault = call.Fault,
        violation = call.IsViolation,
        ms = Math.Round(call.Duration.TotalMilliseconds, 2),
        parameters = call.Parameters,
        result = call.Result,
    };

    private static object Entry(JournalEntry entry) => new
    {
        id = entry.Id,
        at = entry.At.ToUnixTimeMilliseconds(),
        chat = entry.ChatId,
        call = entry.Call is { } call ? Call(call) : null,
        update = entry.Update is { } update
            ? new { update.Id, update.Kind, state = update.State, json = JsonSerializer.Deserialize<JsonElement>(update.Json) } : null,
        note = entry.Note,
    };

    private static object Summary(Chat chat, string hint)
    {
        var last = chat.Newest;
        return new
        {
            id = chat.Id,
            title = Title(chat),
            type = chat.Type,
            username = chat.Owner?.Username,
            language = chat.Owner?.LanguageCode,
            hint,
            blocked = chat.Owner?.HasBlockedBot ?? false,
            last = last is null ? "" : (last.FromBot ? "" : "› ") + Preview(last),
            time = last?.Date.ToUnixTimeMilliseconds(),
        };
    }

    private static string Preview(Message m) => m.Kind switch
    {
        MessageKind.Text => (m.Text.Length > 80 ? m.Text[..80] : m.Text).ReplaceLineEndings(" "),
        MessageKind.Invoice => "🧾 " + m.Invoice!.Title,
        MessageKind.SuccessfulPayment => "✓ " + Amount(m.Receipt!.Payment.Invoice),
        MessageKind.RefundedPayment => "↩ " + Amount(m.Receipt!.Payment.Invoice),
        _ => m.Kind.ToString(),
    };

    private static string Title(Chat chat) => chat.Owner is { } person ? $"{person.FirstName} {person.LastName}".Trim() : chat.Group!.Title;

    private static string Amount(Invoice invoice) => invoice.Currency == "XTR"
        ? string.Create(CultureInfo.InvariantCulture, $"⭐ {invoice.TotalAmount}")
        : string.Create(CultureInfo.InvariantCulture, $"{invoice.TotalAmount / 100m:0.00} {invoice.Currency}");
}
