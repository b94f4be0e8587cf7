using Telegram.Bot.Requests.Abstractions;

namespace Telegram.Bot;

/// <summary>A Bot API client for one bot. The methods of the API are extensions in <see cref="TelegramBotClientExtensions"/>.</summary>
public interface ITelegramBotClient
{
    /// <summary>Whether the client talks to another server than api.telegram.org.</summary>
    bool LocalBotServer { get; }

    /// <summary>The bot's user id, which is the part of the token before the colon.</summary>
    long BotId { get; }

    /// <summary>How long one HTTP exchange may take; keep it above the <c>timeout</c> given to <c>getUpdates</c>.</summary>
    TimeSpan Timeout { get; set; }

    /// <summary>Sends one request and returns the <c>result</c> field of the answer.</summary>
    /// <typeparam name="TResponse">What the method answers with.</typeparam>
    /// <param name="request">The method and its parameters.</param>
    /// <param name="cancellationToken">Gives up waiting; the server may have acted on the request nevertheless.</param>
    /// <exception cref="Exceptions.ApiRequestException">The Bot API answered <c>"ok": false</c>.</exception>
    /// <exception cref="Exceptions.RequestException">No usable answer came back.</exception>
    Task<TResponse> SendRequest<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default);

    /// <summary>Calls <c>getMe</c> and says whether the token was accepted.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<bool> TestApi(CancellationToken cancellationToken = default);
}
