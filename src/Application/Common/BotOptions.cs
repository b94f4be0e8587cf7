namespace MarketBot.Application.Common;

/// <summary>The bot's behaviour: the configuration section <c>Bot</c>.</summary>
public sealed class BotOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Bot";

    /// <summary>The group of marketplace accounts whose members are admins.</summary>
    public string AdminGroup { get; set; } = "telegram_admins";

    /// <summary>Shops on a page of a list, 1 to 20.</summary>
    public int PageSize { get; set; } = 5;

    /// <summary>Telegram username, without the @, of whoever helps people; empty: nobody is named.</summary>
    public string SupportUsername { get; set; } = "";

    /// <summary>The chat that is told about unexpected errors; null: none.</summary>
    public long? ReportChatId { get; set; }

    /// <summary>True to set commands and descriptions at Telegram at the start.</summary>
    public bool CustomizeOnStart { get; set; } = true;

    /// <summary>Two-letter code of the language for people whose client speaks none of ours: <c>ru</c> or <c>en</c>.</summary>
    public string DefaultLanguage { get; set; } = "ru";
}
