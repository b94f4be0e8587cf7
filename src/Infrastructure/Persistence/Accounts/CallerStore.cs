using System.Data.Common;
using System.Globalization;
using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Delivery;
using Microsoft.Extensions.Options;

namespace MarketBot.Infrastructure.Persistence.Accounts;

/// <summary>Everything the gate asks about a caller, in one query: nothing about rights is kept between updates.</summary>
internal sealed class CallerStore(Lazy<MarketBotContext> context, ScopeTransaction scope, ScopedReads reads, IPasswords passwords, PayloadCipher cipher, IOptions<BotOptions> options) : ICallerStore
{
    private const string Sql =
        """
        SELECT u.id, u.first_name, u.last_name, u.username, u.role, u.created_at, u.is_banned, u.is_active, u.is_logged_out,
            l.fingerprint, a.password, s.telegram_id, s.awaited, s.language, s.search_id, s.search_text, s.client_language, r.telegram_id,
            EXISTS (SELECT 1 FROM marketbot_outbox o WHERE o.chat_id = k.id AND o.reason IS NULL)
        FROM (SELECT CAST(@p0 AS bigint) AS id) k
        LEFT JOIN tg_bot_telegramuser u ON u.chat_id = k.id
        LEFT JOIN marketbot_sessions s ON s.telegram_id = k.id
        LEFT JOIN marketbot_reachability r ON r.telegram_id = k.id
        LEFT JOIN marketbot_admin_logins l ON l.telegram_id = k.id
        LEFT JOIN auth_user a ON a.id = l.account_id AND a.is_active AND EXISTS (
            SELECT 1 FROM auth_user_groups m JOIN auth_group g ON g.id = m.group_id WHERE m.user_id = a.id AND g.name = @p1)
        """;

    public async Task<CallerState> Load(TelegramId id, CancellationToken ct)
    {
        var rows = await reads.Query(Sql, row => Read(id, row), id.Value, options.Value.AdminGroup);
        var state = StateOf(rows[0]);
        if (state.User is not null && scope.Open is not null)
            context.Value.Attach(state.User);
        return state;
    }

    private CallerState StateOf(Row row) => new(
        row.User, row.PasswordHash is { } hash && passwords.Fingerprint(hash) == row.Fingerprint, row.Session, row.IsUnreachable, row.HasWaiting);

    private Row Read(TelegramId id, DbDataReader row) => new(
        row.IsDBNull(0)
            ? null
            : new TelegramUser(
                row.GetInt64(0), id, row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4) == "AD" ? Role.Admin : Role.Seller,
                Instant(row.GetValue(5)),
                row.GetBoolean(6), row.GetBoolean(7), row.GetBoolean(8)),
        Text(row, 9),
        Text(row, 10),
        row.IsDBNull(11) ? null : new Session(id, SessionCipher.Show(Text(row, 12), cipher), Text(row, 13), row.GetInt32(14), Text(row, 15), Text(row, 16)),
        !row.IsDBNull(17),
        row.GetBoolean(18));

    /// <summary>A column of Django's: text on SQLite, a time on PostgreSQL.</summary>
    private static DateTime Instant(object column) =>
        column is DateTime time ? time : DateTime.Parse((string)column, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private sealed record Row(TelegramUser? User, string? Fingerprint, string? PasswordHash, Session? Session, bool IsUnreachable, bool HasWaiting);
}
