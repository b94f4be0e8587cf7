using Telegram.Bot.Exceptions;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>Whether Telegram takes the bot's token. A revoked one ends nothing: what is to be sent waits until there is a new one.</summary>
internal sealed partial class TokenHealth(ILogger<TokenHealth> log)
{
    private int _isRefused;

    /// <summary>Whether the last call that told was refused for the token's sake (Bot API: error 401).</summary>
    public bool IsRefused => Volatile.Read(ref _isRefused) == 1;

    /// <summary>Telegram took it.</summary>
    public void Works()
    {
        if (Interlocked.Exchange(ref _isRefused, 0) == 1)
            WorksAgain();
    }

    /// <summary>A call failed, perhaps because of the token.</summary>
    /// <returns>Whether it was.</returns>
    public bool Blames(Exception failure)
    {
        if (failure is not ApiRequestException { ErrorCode: 401 })
            return false;
        if (Interlocked.Exchange(ref _isRefused, 1) == 0)
            Refused();
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Telegram refuses the token: it was revoked or replaced. Start with the new one as Telegram:Token and this one as Telegram:PreviousToken")]
    private partial void Refused();

    [LoggerMessage(Level = LogLevel.Information, Message = "Telegram takes the token again")]
    private partial void WorksAgain();
}
