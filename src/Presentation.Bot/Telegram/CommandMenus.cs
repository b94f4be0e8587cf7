using MarketBot.Presentation.Bot.Accounts;
using Polly;
using Polly.Retry;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>
/// Sets the command menus (Bot API: <c>setMyCommands</c>): for everybody what strangers may send, per language; for the private chat of a
/// registered person what their role and subscription allow. A menu gives no rights, so a failure here is only logged.
/// <para>
/// Which menu a chat has is not stored. A process remembers which one it set last and sets it at the first update of a chat and whenever it
/// would be another one: so the menu follows the role, the subscription, the language and an upgrade that brought new commands, also where
/// another process or the marketplace changed the person. This costs one call per person and start, made once the person has their answer.
/// </para>
/// </summary>
internal sealed partial class CommandMenus(ITelegramBotClient bot, RouteTable routes, TimeProvider time, ILogger<CommandMenus> log)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>The largest number of chats that are remembered; above it all are forgotten, and their menus set once more.</summary>
    private const int MostRemembered = 100_000;

    private readonly Dictionary<TelegramId, Menu> _remembered = [];

    /// <summary>Sets what is the same for everybody: menus, description, short description; once per language and once for all others.
    /// A failed call is repeated until it succeeds.</summary>
    public async Task SetForEverybody(Language byDefault, CancellationToken ct)
    {
        var untilSet = UntilSet();
        foreach (var (language, code) in LanguageChoice.All.Select(l => (l, (string?)l.Code())).Prepend((byDefault, null)))
        {
            var texts = AccountTexts.Of(language);
            await Persist(untilSet, () => bot.SetMyCommands(Commands(Menu.OfStrangers(language)), BotCommandScope.AllPrivateChats(), code, ct), ct);
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

    /// <summary>Says how the menu of a caller's chat has to be set; null: it is as it should be.</summary>
    /// <param name="caller">The person as they are after their update.</param>
    /// <param name="language">The language to speak with them.</param>
    public Func<Task>? Follow(ICaller caller, Language language)
    {
        if (caller.User is not { IsBanned: false } user)
            return null;

        var menu = caller.IsSignedIn ? new Menu(user.Role, user.IsActive, language) : Menu.OfStrangers(language);
        var chat = caller.Profile.Id;
        lock (_remembered)
        {
            if (_remembered.TryGetValue(chat, out var last) && last == menu)
                return null;
            if (_remembered.Count >= MostRemembered)
                _remembered.Clear();
            _remembered[chat] = menu;
        }

        return () => Set(chat, menu);
    }

    private async Task Set(TelegramId chat, Menu menu)
    {
        try
        {
            if (menu.Role is null)
                await bot.DeleteMyCommands(BotCommandScope.Chat(chat.Value));
            else
                await bot.SetMyCommands(Commands(menu), BotCommandScope.Chat(chat.Value));
        }
        catch (RequestException failed)
        {
            NotCustomized(failed);
            lock (_remembered)
                _remembered.Remove(chat);
        }
    }

    private IEnumerable<BotCommand> Commands(Menu menu) =>
        [.. routes.CommandsFor(menu.Role, menu.IsActive).Select(c => new BotCommand { Command = c.Name, Description = c.Description!(menu.Language).Text })];

    /// <summary>The state that decides the menu of a chat.</summary>
    private readonly record struct Menu(Role? Role, bool IsActive, Language Language)
    {
        /// <summary>The menu of people who are not signed in.</summary>
        public static Menu OfStrangers(Language language) => new(null, true, language);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Commands or descriptions could not be set at Telegram; the bot works without them")]
    private partial void NotCustomized(Exception failure);
}
