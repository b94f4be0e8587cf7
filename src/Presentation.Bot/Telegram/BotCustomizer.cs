using Microsoft.Extensions.Options;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>Sets commands and descriptions once after the start, without delaying it.</summary>
internal sealed class BotCustomizer(CommandMenus menus, IOptions<BotOptions> options) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await menus.SetForEverybody(LanguageChoice.Parse(options.Value.DefaultLanguage) ?? Language.Ru, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped before it was done; the next start does it.
        }
    }
}
