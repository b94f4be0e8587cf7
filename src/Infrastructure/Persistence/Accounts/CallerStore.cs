using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MarketBot.Infrastructure.Persistence.Accounts;

/// <summary>Everything the gate asks about a caller, in one query: nothing about rights is kept between updates.</summary>
internal sealed class CallerStore(MarketBotContext context, IPasswords passwords, IOptions<BotOptions> options) : ICallerStore
{
    public async Task<CallerState> Load(TelegramId id, CancellationToken ct)
    {
        var rows = await context.Database.SqlQuery<Row>(
            $"""
            SELECT u.id AS "UserId", u.first_name AS "FirstName", u.last_name AS "LastName", u.username AS "Username", u.role AS "Role",
                u.created_at AS "CreatedAt", u.is_banned AS "IsBanned", u.is_active AS "IsActive", u.is_logged_out AS "IsLoggedOut",
                l.fingerprint AS "Fingerprint", a.password AS "PasswordHash",
                s.telegram_id AS "SessionId", s.awaited AS "Awaited", s.language AS "Language", s.search_id AS "SearchId", s.search_text AS "SearchText",
                r.telegram_id AS "UnreachableId"
            FROM (SELECT CAST({id.Value} AS bigint) AS id) k
            LEFT JOIN tg_bot_telegramuser u ON u.chat_id = k.id
            LEFT JOIN marketbot_sessions s ON s.telegram_id = k.id
            LEFT JOIN marketbot_reachability r ON r.telegram_id = k.id
            LEFT JOIN marketbot_admin_logins l ON l.telegram_id = k.id
            LEFT JOIN auth_user a ON a.id = l.account_id AND a.is_active AND EXISTS (
                SELECT 1 FROM auth_user_groups m JOIN auth_group g ON g.id = m.group_id WHERE m.user_id = a.id AND g.name = {options.Value.AdminGroup})
            """).ToListAsync(ct);
        var row = rows[0];

        var user = row.UserId is { } key
            ? new TelegramUser(
                key, id, row.FirstName!, row.LastName!, row.Username!, row.Role == "AD" ? Role.Admin : Role.Seller, row.CreatedAt!.Value,
                row.IsBanned!.Value, row.IsActive!.Value, row.IsLoggedOut!.Value)
            : null;
        if (user is not null && context.Database.CurrentTransaction is not null)
            context.Attach(user);

        var loginHolds = row.PasswordHash is { } hash && passwords.Fingerprint(hash) == row.Fingerprint;
        var session = row.SessionId is null ? null : new Session(id, row.Awaited, row.Language, row.SearchId ?? 0, row.SearchText);
        return new CallerState(user, loginHolds, session, row.UnreachableId is not null);
    }

    private sealed class Row
    {
        public long? UserId { get; init; }

        public string? FirstName { get; init; }

        public string? LastName { get; init; }

        public string? Username { get; init; }

        public string? Role { get; init; }

        public DateTime? CreatedAt { get; init; }

        public bool? IsBanned { get; init; }

        public bool? IsActive { get; init; }

        public bool? IsLoggedOut { get; init; }

        public string? Fingerprint { get; init; }

        public string? PasswordHash { get; init; }

        public long? SessionId { get; init; }

        public string? Awaited { get; init; }

        public string? Language { get; init; }

        public int? SearchId { get; init; }

        public string? SearchText { get; init; }

        public long? UnreachableId { get; init; }
    }
}
