using Telegram.Bot.Exceptions;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>Remembers whether Telegram takes the bot's token. A revoked token ends nothing: replies wait until there is a new one.</summary>
internal sealed partial class TokenHealth(ILogger<TokenHealth> log)
{
    private int _isRefused;

    /// <summary>True when Telegram refused the token at the last call that showed it (Bot API: error 401).</summary>
    public bool IsRefused => Volatile.Read(ref _isRefused) == 1;

    /// <summary>Telegram took it.</summary>
    public void Works()
    {
        if (Interlocked.Exchange(ref _isRefused, 0) == 1)
            WorksAgain();
    }

    /// <summary>A call failed, perhaps because of the token.</summary>
    /// <returns>True when the token was to blame.</returns>
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
