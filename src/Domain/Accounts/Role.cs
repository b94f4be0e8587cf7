namespace MarketBot.Domain.Accounts;

/// <summary>The role of a registered person at the marketplace (column <c>tg_bot_telegramuser.role</c>).</summary>
public enum Role
{
    /// <summary>Runs the shops whose API keys they have shown; <c>SE</c>.</summary>
    Seller,

    /// <summary>Reaches every shop by a marketplace account; <c>AD</c>.</summary>
    Admin,
}
