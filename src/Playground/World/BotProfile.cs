namespace MarketBot.Playground;

/// <summary>A command of the bot's menu.</summary>
public sealed record BotCommand(string Command, string Description);

/// <summary>The commands and descriptions that the bot has set, per language (Bot API: setMyCommands, setMyDescription, setMyShortDescription).</summary>
public sealed class BotProfile
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Scope, string Language), IReadOnlyList<BotCommand>> _commands = [];
    private readonly Dictionary<string, string> _descriptions = [];
    private readonly Dictionary<string, string> _shortDescriptions = [];

    /// <summary>
    /// The commands of a scope exactly as they were set; <c>default</c>, <c>all_private_chats</c>, <c>chat:17</c>, <c>chat_member:-5:17</c> and so on.
    /// </summary>
    public IReadOnlyList<BotCommand> Commands(string scope = "default", string languageCode = "")
    {
        lock (_gate)
            return _commands.GetValueOrDefault((scope, languageCode)) ?? [];
    }

    /// <summary>The menu that this person sees in the private chat, by Telegram's order of scopes (Bot API: BotCommandScope).</summary>
    public IReadOnlyList<BotCommand> MenuOf(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        lock (_gate)
        {
            foreach (var scope in new[] { $"chat:{person.Id}", "all_private_chats", "default" })
                foreach (var language in new[] { BaseLanguage(person.LanguageCode), "" })
                    if (_commands.TryGetValue((scope, language), out var commands))
                        return commands;
            return [];
        }
    }

    /// <summary>The description in this language, or the general one.</summary>
    public string Description(string languageCode = "") => Text(_descriptions, languageCode);

    /// <summary>The short description in this language, or the general one.</summary>
    public string ShortDescription(string languageCode = "") => Text(_shortDescriptions, languageCode);

    internal void SetCommands(string scope, string language, IReadOnlyList<BotCommand> commands)
    {
        lock (_gate)
        {
            if (commands.Count > 0)
                _commands[(scope, language)] = commands;
            else
                _commands.Remove((scope, language));
        }
    }

    internal void SetDescription(string language, string text) => SetText(_descriptions, language, text);

    internal void SetShortDescription(string language, string text) => SetText(_shortDescriptions, language, text);

    internal void ForgetChat(long chatId) => SetCommands($"chat:{chatId}", "", []);

    internal void ForgetChats()
    {
        lock (_gate)
        {
            foreach (var key in _commands.Keys.Where(k => k.Scope.StartsWith("chat", StringComparison.Ordinal)).ToList())
                _commands.Remove(key);
        }
    }

    private static string BaseLanguage(string? tag) => tag is { Length: >= 2 } ? tag[..2].ToLowerInvariant() : "";

    private string Text(Dictionary<string, string> texts, string language)
    {
        lock (_gate)
            return texts.GetValueOrDefault(language) ?? texts.GetValueOrDefault("") ?? "";
    }

    private void SetText(Dictionary<string, string> texts, string language, string text)
    {
        lock (_gate)
        {
            if (text.Length > 0)
                texts[language] = text;
            else
                texts.Remove(language);
        }
    }
}

/// <summary>The webhook of the bot (Bot API: setWebhook, WebhookInfo).</summary>
public sealed record WebhookSettings(string Url)
{
    internal static readonly WebhookSettings None = new("");

    /// <summary>The value of the header <c>X-Telegram-Bot-Api-Secret-Token</c>; empty for none.</summary>
    public string SecretToken { get; init; } = "";

    /// <summary>The number of deliveries that may run at a time.</summary>
    public int MaxConnections { get; init; } = 40;

    /// <summary>The fixed address of the host, if any.</summary>
    public string IpAddress { get; init; } = "";

    /// <summary>The time of the last failed delivery.</summary>
    public DateTimeOffset? LastErrorDate { get; init; }

    /// <summary>The error of the last failed delivery.</summary>
    public string LastErrorMessage { get; init; } = "";
}
