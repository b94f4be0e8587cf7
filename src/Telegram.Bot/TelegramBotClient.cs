using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;
using Telegram.Bot.Serialization;
using Telegram.Bot.Transport;

namespace Telegram.Bot;

/// <summary>Talks to the Bot API over HTTPS. One instance serves a bot for the life of the process and may be used by many threads.</summary>
/// <remarks>
/// Without an <see cref="HttpClient"/> of the caller's the token stays out of traces and network events. A caller's own client sees the
/// whole URL, so whoever builds it must keep its loggers and traces from writing that URL down; exceptions are clean either way.
/// </remarks>
public class TelegramBotClient : ITelegramBotClient
{
    private readonly TelegramBotClientOptions _options;
    private readonly BotAddress _address;
    private readonly HttpClient _http;
    private readonly bool _masked;

    /// <summary>Creates a client.</summary>
    /// <param name="options">Token, server and retry policy.</param>
    /// <param name="httpClient">A client to send with instead of the built-in one.</param>
    /// <param name="cancellationToken">Cancels every request of this client.</param>
    public TelegramBotClient(TelegramBotClientOptions options, HttpClient? httpClient = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _address = new BotAddress(options);
        _http = httpClient ?? SecretHttp.CreateClient();
        _masked = httpClient is null;
        GlobalCancelToken = cancellationToken;
    }

    /// <summary>Creates a client for api.telegram.org.</summary>
    /// <param name="token">The token from @BotFather.</param>
    /// <param name="httpClient">A client to send with instead of the built-in one.</param>
    /// <param name="cancellationToken">Cancels every request of this client.</param>
    public TelegramBotClient(string token, HttpClient? httpClient = null, CancellationToken cancellationToken = default)
        : this(new TelegramBotClientOptions(token), httpClient, cancellationToken)
    {
    }

    /// <inheritdoc/>
    public bool LocalBotServer => _options.LocalBotServer;

    /// <inheritdoc/>
    public long BotId => _options.BotId;

    /// <inheritdoc/>
    public TimeSpan Timeout
    {
        get => _http.Timeout;
        set => _http.Timeout = value;
    }

    /// <summary>Cancels every request of this client.</summary>
    public CancellationToken GlobalCancelToken { get; }

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public virtual async Task<TResponse> SendRequest<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        using var both = GlobalCancelToken.CanBeCanceled && cancellationToken.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(GlobalCancelToken, cancellationToken)
            : null;
        var stop = both?.Token ?? (cancellationToken.CanBeCanceled ? cancellationToken : GlobalCancelToken);

        var uri = _address.Of(request.MethodName);
        using var content = request.ToHttpContent();
        try
        {
            // A file's stream can be read only once, a repeated request needs it again.
            if (content is MultipartContent)
                await content.LoadIntoBufferAsync(stop).ConfigureAwait(false);

            for (var attempt = 1; ; attempt++)
            {
                using var response = await Exchange(new BotRequestMessage(request.HttpMethod, uri, _masked) { Content = content }, stop).ConfigureAwait(false);
                var answer = await Read<TResponse>(response, stop).ConfigureAwait(false);
                if (answer is { Ok: true, Result: { } result })
                    return result;

                if (answer is not { Ok: false, ErrorCode: not 0, Description: { } description })
                    throw new RequestException("Required properties not found in response", response.StatusCode);

                if (!MayRepeat(answer, attempt, out var pause))
                    throw new ApiRequestException(_address.Redact(description), answer.ErrorCode, answer.Parameters);

                await Task.Delay(pause, Clock, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new TaskCanceledException(
                $"The call of {request.MethodName} was cancelled.", null, cancellationToken.IsCancellationRequested ? cancellationToken : GlobalCancelToken);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TestApi(CancellationToken cancellationToken = default)
    {
        try
        {
            await SendRequest(new GetMeRequest(), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ApiRequestException refused) when (refused.ErrorCode == (int)HttpStatusCode.Unauthorized)
        {
            return false;
        }
    }

    private bool MayRepeat<TResponse>(ApiResponse<TResponse> answer, int attempt, out TimeSpan pause)
    {
        pause = TimeSpan.FromSeconds(answer.Parameters?.RetryAfter ?? 0);
        return answer.ErrorCode == (int)HttpStatusCode.TooManyRequests
            && _options.RetryThreshold > 0
            && attempt < _options.RetryCount
            && answer.Parameters?.RetryAfter <= _options.RetryThreshold;
    }

    private async Task<HttpResponseMessage> Exchange(BotRequestMessage message, CancellationToken stop)
    {
        try
        {
            // The body is read here too: HttpClient's time-out does not reach a body that is read later.
            return await _http.SendAsync(message, HttpCompletionOption.ResponseContentRead, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (TaskCanceledException timeout)
        {
            throw new RequestException("Bot API Request timed out", _address.Redact(timeout));
        }
        catch (Exception failure)
        {
            throw new RequestException(
                _address.Redact($"Bot API Service Failure: {failure.GetType().Name}: {failure.Message}"), _address.Redact(failure));
        }
    }

    private async Task<ApiResponse<TResponse>> Read<TResponse>(HttpResponseMessage response, CancellationToken stop)
    {
        try
        {
            var body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                return JsonSerializer.Deserialize(body, AnswerJson<TResponse>.Type)
                    ?? throw new RequestException("Required properties not found in response", response.StatusCode);
            }
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or InvalidOperationException or FormatException)
        {
            throw new RequestException("There was an exception during deserialization of the response", response.StatusCode, _address.Redact(failure));
        }
    }

    private static class AnswerJson<TResponse>
    {
        public static readonly JsonTypeInfo<ApiResponse<TResponse>> Type =
            (JsonTypeInfo<ApiResponse<TResponse>>)JsonBotAPI.Options.GetTypeInfo(typeof(ApiResponse<TResponse>));
    }
}
