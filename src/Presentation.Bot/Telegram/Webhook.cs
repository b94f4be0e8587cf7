using System.Buffers;
using System.Security.Cryptography;
using MarketBot.Infrastructure.Delivery;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>
/// Receives updates from Telegram (Bot API: <c>setWebhook</c>): answers 200 once an update is stored, and tells Telegram to come again later while storage is
/// away or too much is waiting. Also answers for the process's health.
/// </summary>
internal sealed partial class WebhookEndpoint(
    UpdateIntake updates, IUpdateIntake engine, TokenHealth token, IOptions<TelegramOptions> options, TimeProvider time, ILogger<WebhookEndpoint> log)
{
    /// <summary>No update is nearly as large.</summary>
    public const int MostBytes = 1024 * 1024;

    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";
    private const long MostWaiting = 100_000;
    private const string SoonAgain = "5";
    private static readonly TimeSpan CountIsGoodFor = TimeSpan.FromSeconds(1);

    private readonly byte[] _secret = SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.WebhookSecret));
    private long _waiting;
    private long? _countedAt;

    public async Task Handle(HttpContext http)
    {
        http.Response.StatusCode = http.Request.Path.Value switch
        {
            "/health/live" => StatusCodes.Status200OK,
            "/health/ready" => await IsReady(http.RequestAborted) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            { } path when path == options.Value.WebhookPath && HttpMethods.IsPost(http.Request.Method) => await Receive(http),
            _ => StatusCodes.Status404NotFound,
        };
        if (http.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = SoonAgain;
    }

    private async Task<int> Receive(HttpContext http)
    {
        if (!IsFromTelegram(http.Request.Headers[SecretHeader].ToString()))
            return StatusCodes.Status401Unauthorized;
        if (http.Request.ContentLength > MostBytes)
            return StatusCodes.Status413PayloadTooLarge;

        try
        {
            if (await Waiting(http.RequestAborted) > MostWaiting)
                return StatusCodes.Status503ServiceUnavailable;

            using var json = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("update_id", out var id) || !id.TryGetInt64(out _))
                return StatusCodes.Status400BadRequest;

            await updates.Take([json.RootElement], http.RequestAborted);
            return StatusCodes.Status200OK;
        }
        catch (JsonException)
        {
            return StatusCodes.Status400BadRequest;
        }
        catch (BadHttpRequestException wrong)
        {
            return wrong.StatusCode;
        }
        catch (Exception away) when (!http.RequestAborted.IsCancellationRequested)
        {
            CannotStore(away);
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>Compares hashes of equal length, so that the time tells nothing about the secret.</summary>
    private bool IsFromTelegram(string header)
    {
        var length = Encoding.UTF8.GetMaxByteCount(header.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(header, bytes)), hash);
        ArrayPool<byte>.Shared.Return(bytes);
        return CryptographicOperations.FixedTimeEquals(hash, _secret);
    }

    private async Task<bool> IsReady(CancellationToken ct)
    {
        try
        {
            return !token.IsRefused && await Waiting(ct) <= MostWaiting;
        }
        catch (Exception away) when (!ct.IsCancellationRequested)
        {
            CannotStore(away);
            return false;
        }
    }

    private async ValueTask<long> Waiting(CancellationToken ct)
    {
        if (_countedAt is { } counted && time.GetElapsedTime(counted) < CountIsGoodFor)
            return _waiting;

        _waiting = await engine.CountOpen(ct);
        _countedAt = time.GetTimestamp();
        return _waiting;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage is away; Telegram is asked to come again")]
    private partial void CannotStore(Exception failure);
}

/// <summary>
/// Tells Telegram where updates go (Bot API: <c>setWebhook</c>), only when it does not know yet. It asks once a minute: whoever polls with the token removes
/// the webhook, whoever changes the secret is refused with it, and a token that was refused may work again.
/// </summary>
internal sealed partial class WebhookRegistration(
    ITelegramBotClient bot, ILeadership leadership, TokenHealth token, IOptions<TelegramOptions> options, TimeProvider time,
    ILogger<WebhookRegistration> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private DateTime _set = DateTime.MinValue;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var untilSet = UntilSet();
        while (true)
        {
            await untilSet.ExecuteAsync(async stop => await Register(stop), stoppingToken);
            await Task.Delay(Minute, time, stoppingToken);
        }
    }

    private ResiliencePipeline UntilSet() => Retries.Named("webhook", time, new RetryStrategyOptions
    {
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is RequestException && !args.Context.CancellationToken.IsCancellationRequested),
        MaxRetryAttempts = Retries.Forever,
        DelayGenerator = args =>
            ValueTask.FromResult<TimeSpan?>(token.Blames(args.Outcome.Exception!) ? Minute : Retries.Asked(args.Outcome.Exception) ?? Pause),
        OnRetry = args =>
        {
            CannotRegister(args.Outcome.Exception!.Message);
            return ValueTask.CompletedTask;
        },
    });

    private async Task Register(CancellationToken ct)
    {
        await leadership.Leads(ct);
        var url = options.Value.WebhookUrl;
        var known = await bot.GetWebhookInfo(ct);
        token.Works();
        var refusesSecret = known.LastErrorMessage?.Contains("401", StringComparison.Ordinal) == true && known.LastErrorDate > _set;
        if (known.Url == url && known.AllowedUpdates?.Order().SequenceEqual(PollingSource.Kinds.Order()) == true && !refusesSecret)
            return;

        await bot.SetWebhook(url, allowedUpdates: PollingSource.Kinds, secretToken: options.Value.WebhookSecret, cancellationToken: ct);
        _set = time.GetUtcNow().UtcDateTime;
        Registered();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The webhook is set")]
    private partial void Registered();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook cannot be set ({Reason}); trying again")]
    private partial void CannotRegister(string reason);
}
