using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Presentation.Bot.Accounts;
using MarketBot.Presentation.Bot.Rendering;
using MarketBot.Presentation.Bot.Routing;
using Polly;
using Polly.Retry;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>
/// The command menus (Bot API: <c>setMyCommands</c>): what strangers see, per language; and per private chat what the
/// role of that person allows. Only a convenience: a menu gives no rights, and a failure here is only logged.
/// </summary>
internal sealed partial class CommandMenus(ITelegramBotClient bot, RouteTable routes, TimeProvider time, ILogger<CommandMenus> log)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    /// <summary>Sets what is the same for everybody: menus, description, short description; once per language and once for all others. What Telegram cannot be told now is tried again until it can.</summary>
    public async Task SetForEverybody(Language byDefault, CancellationToken ct)
    {
        var untilSet = UntilSet();
        foreach (var (language, code) in LanguageChoice.All.Select(l => (l, (string?)l.Code())).Prepend((byDefault, null)))
        {
            var texts = AccountTexts.Of(language);
            await Persist(untilSet, () => bot.SetMyCommands(Commands(Who.Stranger, language), BotCommandScope.AllPrivateChats(), code, ct), ct);
            await Persist(untilSet, () => bot.SetMyDescription(texts.BotDescription, code, ct), ct);
            await Persist(untilSet, () => bot.SetMyShortDescription(texts.BotShortDescription, code, ct), ct);
        }
    }

    private async Task Persist(ResiliencePipeline untilSet, Func<Task> call, CancellationToken ct)
    {
        try
        {
            await untilSet.Execute(call, ct);
        }
        catch (ApiRequestException refused) when (refused.ErrorCode == 400)
        {
            NotCustomized(refused);
        }
    }

    private ResiliencePipeline UntilSet() => Retries.Named("command_menus", time, new RetryStrategyOptions
    {
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is RequestException and not ApiRequestException { ErrorCode: 400 }),
        MaxRetryAttempts = Retries.Forever,
        Delay = FirstWait,
        MaxDelay = LongestWait,
        BackoffType = DelayBackoffType.Exponential,
        DelayGenerator = args => ValueTask.FromResult(Retries.Asked(args.Outcome.Exception)),
        OnRetry = args =>
        {
            NotCustomized(args.Outcome.Exception!);
            return ValueTask.CompletedTask;
        },
    });

    /// <summary>Makes the menu of a private chat follow the person's role and language.</summary>
    public async Task SetFor(long chatId, Role? role, Language language, CancellationToken ct)
    {
        try
        {
            if (role is null)
                await bot.DeleteMyCommands(BotCommandScope.Chat(chatId), cancellationToken: ct);
            else
                await bot.SetMyCommands(Commands(role == Role.Admin ? Who.Admin : Who.Seller, language), BotCommandScope.Chat(chatId), cancellationToken: ct);
        }
        catch (RequestException failed) when (!ct.IsCancellationRequested)
        {
            NotCustomized(failed);
        }
    }

    private IEnumerable<BotCommand> Commands(Who who, Language language) =>
        [.. routes.CommandsFor(who).Select(c => new BotCommand { Command = c.Name, Description = c.Description!(language) })];

    [LoggerMessage(Level = LogLevel.Warning, Message = "Commands or descriptions could not be set at Telegram; the bot works without them")]
    private partial void NotCustomized(Exception failure);
}
