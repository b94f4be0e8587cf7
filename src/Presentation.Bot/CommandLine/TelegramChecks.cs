using MarketBot.Infrastructure.Diagnosis;
using MarketBot.Presentation.Bot.Telegram;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>Checks of the Bot API: token, webhook, clock.</summary>
internal static class TelegramChecks
{
    /// <summary>More updates than this are not on their way but stuck.</summary>
    private const int ManyUpdates = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<IReadOnlyList<Finding>> Examine(TelegramOptions options, TimeProvider time, CancellationToken ct)
    {
        if (options.Token.Length == 0)
            return [new Finding(
                Severity.Warning, "token", "Telegram:Token is empty: run starts the Playground.", "set Telegram:Token to the token that @BotFather gave.")];

        var findings = new List<Finding>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var bot = BotClient.Create(options.Token, options.ApiBaseUrl);
            var me = await bot.GetMe(limit.Token);
            findings.Add(new Finding(Severity.Ok, "token", $"The token belongs to @{me.Username}."));
            DatabaseDoctor.Report(
                findings, Webhook(await bot.GetWebhookInfo(limit.Token), options), "webhook",
                options.Mode == UpdateMode.Webhook ? "The webhook is set and works." : "No webhook is set.");
            DatabaseDoctor.Report(findings, await Clock(options.ApiBaseUrl, time, limit.Token), "clock", "The Bot API's clock agrees with this machine's.");
        }
        catch (ApiRequestException refused) when (refused.ErrorCode is 401 or 404)
        {
            findings.Add(
                new Finding(
                    Severity.Error, "token", "The Bot API does not know the token.", "set Telegram:Token to the token that @BotFather shows for the bot."));
        }
        catch (Exception failed) when (failed is RequestException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            findings.Add(new Finding(
                Severity.Error, "bot api",
                $"The Bot API does not answer at {new Uri(options.ApiBaseUrl).Host}: "
                + $"{(failed is OperationCanceledException ? "it takes too long" : failed.Message)}.",
                "see to the network and to Telegram:ApiBaseUrl."));
        }

        return findings;
    }

    /// <summary>Compares the webhook at Telegram with the configuration.</summary>
    public static IEnumerable<Finding> Webhook(WebhookInfo info, TelegramOptions options)
    {
        var wanted = options.Mode == UpdateMode.Webhook ? options.WebhookUrl : "";
        if (info.Url != wanted)
        {
            yield return new Finding(
                Severity.Warning, "webhook",
                wanted.Length == 0
                    ? $"A webhook is set, to {Place(info.Url)}, although this bot polls."
                    : $"The webhook is set to {Place(info.Url)}, not to Telegram:WebhookUrl.",
                "marketbot run, which sets it right; or stop the other program that uses this token.");
        }

        if (info.LastErrorMessage is { Length: > 0 } failure)
            yield return new Finding(
                Severity.Warning, "webhook", $"Telegram could last not deliver at {info.LastErrorDate:yyyy-MM-dd HH:mm} UTC: {failure}",
                "see that Telegram:WebhookUrl leads to this bot from outside.");
        if (info.PendingUpdateCount > ManyUpdates)
            yield return new Finding(
                Severity.Warning, "webhook", $"{info.PendingUpdateCount} updates wait at Telegram.", "marketbot run, and see whether it gets through them.");
    }

    private static async Task<IEnumerable<Finding>> Clock(string address, TimeProvider time, CancellationToken ct)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseProxy = !new Uri(address).IsLoopback };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct);
        return answer.Headers.Date is { } date ? DatabaseDoctor.CompareClocks("the Bot API", date, time.GetUtcNow()) : [];
    }

    /// <summary>Without path and query, which may hold a secret.</summary>
    private static string Place(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host : url.Length == 0 ? "nothing" : "something else";
}
