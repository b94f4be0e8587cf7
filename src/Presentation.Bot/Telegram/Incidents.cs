using System.Diagnostics;
using System.Security.Cryptography;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Presentation.Bot.Shops;
using Microsoft.Extensions.Options;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>
/// Unexpected errors: the user gets a code, the log the code with the stack, the report chat code, type and place. And what is wrong with the marketplace's
/// data, for the report chat.
/// </summary>
internal sealed partial class Incidents(
    IServiceScopeFactory scopes, ReplySender sender, IOptions<BotOptions> options, TimeProvider time, ILogger<Incidents> log)
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromHours(1);

    /// <summary>More than anybody reads in an hour; what comes on top is in the log.</summary>
    private const int MostReports = 100;

    /// <summary>The time of the last report, by the shops it named.</summary>
    private readonly Dictionary<string, long> _reported = [];

    private const int CodeLength = 8;

    /// <summary>Letters and digits that nobody confuses.</summary>
    private const string CodeLetters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Writes it down and tells the report chat.</summary>
    /// <returns>The code for the user.</returns>
    public async Task<string> Report(Exception failure, long inboxId, CancellationToken ct)
    {
        var code = RandomNumberGenerator.GetString(CodeLetters, CodeLength);
        Happened(failure, code, inboxId);
        if (options.Value.ReportChatId is { } chat)
            await sender.Send(chat, Describe(code, failure), ct);
        return code;
    }

    /// <summary>Tells the report chat, through the outbox and once an hour, which shops have one API key between them; never the key.</summary>
    public async Task Report(Findings findings, long inboxId, CancellationToken ct)
    {
        if (findings.ShopsOfOneKey is not [_, ..] found)
            return;

        var shops = string.Join(", ", found);
        if (!IsNews(shops))
            return;

        KeyIsShared(shops);
        if (options.Value.ReportChatId is not { } chat)
            return;

        var language = LanguageChoice.Parse(options.Value.DefaultLanguage) ?? Language.Ru;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IWaitingReplies>().Add(
                new Outgoing { ChatId = chat, Html = ShopTexts.Of(language).SharedKey(shops).Markup }.ToWait(inboxId, "report"), ct);
        }
        catch
        {
            lock (_reported)
                _reported.Remove(shops);
            throw;
        }
    }

    /// <summary>Claims the report of a fault: true unless it was reported within the last hour.</summary>
    private bool IsNews(string shops)
    {
        var now = time.GetTimestamp();
        lock (_reported)
        {
            foreach (var (old, at) in _reported)
            {
                if (time.GetElapsedTime(at, now) >= BetweenReports)
                    _reported.Remove(old);
            }

            return _reported.Count < MostReports && _reported.TryAdd(shops, now);
        }
    }

    /// <summary>No message of the exception: it may quote what people sent.</summary>
    internal static Html Describe(string code, Exception failure)
    {
        var frame = new StackTrace(failure).GetFrames().Select(f => f.GetMethod())
            .FirstOrDefault(m => m?.DeclaringType?.Namespace?.StartsWith("MarketBot", StringComparison.Ordinal) == true);
        return Html.Lines(
            Html.Of($"⚠️ <b>{code}</b>"),
            Html.Of($"{failure.GetType().FullName}"),
            Html.Of($"{TypeName(frame?.DeclaringType)}.{frame?.Name ?? "?"}"));
    }

    /// <summary>An async method is a type of its own inside the one that declares it.</summary>
    private static string TypeName(Type? type) => type is null ? "?" : type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shops {Shops} have the same API key, which therefore proves nothing")]
    private partial void KeyIsShared(string shops);

    [LoggerMessage(Level = LogLevel.Error, Message = "Incident {Code} while handling update {InboxId}")]
    private partial void Happened(Exception failure, string code, long inboxId);
}
