using System.Diagnostics;
using System.Security.Cryptography;
using MarketBot.Application.Common;
using Microsoft.Extensions.Options;

namespace MarketBot.Presentation.Bot.Core;

/// <summary>Unexpected errors: the user gets a code, the log the code with the stack, the report chat code, type and place.</summary>
internal sealed partial class Incidents(ReplySender sender, IOptions<BotOptions> options, ILogger<Incidents> log)
{
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

    /// <summary>No message of the exception: it may quote what people sent.</summary>
    internal static Html Describe(string code, Exception failure)
    {
        var frame = new StackTrace(failure).GetFrames().Select(f => f.GetMethod()).FirstOrDefault(m => m?.DeclaringType?.Namespace?.StartsWith("MarketBot", StringComparison.Ordinal) == true);
        return Html.Lines(
            Html.Of($"⚠️ <b>{code}</b>"),
            Html.Of($"{failure.GetType().FullName}"),
            Html.Of($"{TypeName(frame?.DeclaringType)}.{frame?.Name ?? "?"}"));
    }

    /// <summary>An async method is a type of its own inside the one that declares it.</summary>
    private static string TypeName(Type? type) => type is null ? "?" : type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;

    [LoggerMessage(Level = LogLevel.Error, Message = "Incident {Code} while handling update {InboxId}")]
    private partial void Happened(Exception failure, string code, long inboxId);
}
