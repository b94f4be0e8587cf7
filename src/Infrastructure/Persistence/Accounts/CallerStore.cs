using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MarketBot.Infrastructure.Persistence.Accounts;

/// <summary>Everything the gate asks about a caller, in one query: nothing about rights is kept between updates.</summary>
internal sealed class CallerStore(MarketBotContext context, CallerQuery query, IPasswords passwords, PayloadCipher cipher, IOptions<BotOptions> options) : ICallerStore
{
    public async Task<CallerState> Load(TelegramId id, CancellationToken ct)
    {
        var row = await query.Run(context, id, options.Value.AdminGroup);
        if (row.User is not null && context.Database.CurrentTransaction is not null)
            context.Attach(row.User);
        return new CallerState(
            row.User,
            row.PasswordHash is { } hash && passwords.Fingerprint(hash) == row.Fingerprint,
            row.Session is { } s ? new Session(id, SessionCipher.Show(s.Awaited, cipher), s.Language, s.SearchId, s.SearchText, s.ClientLanguage) : null,
            row.IsUnreachable,
            row.HasWaiting);
    }
}

/// <summary>What is stored about a caller, whoever it is: each part may be missing.</summary>
internal sealed class CallerRow
{
    public TelegramUser? User { get; init; }

    public SessionRow? Session { get; init; }

    /// <summary>Of the password with which the admin logged in.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Of the admin's account, where it is active and in the group.</summary>
    public string? PasswordHash { get; init; }

    public bool IsUnreachable { get; init; }

    public bool HasWaiting { get; init; }
}

/// <summary>Reads a caller's row. A compiled query belongs to one model, so each host has its own.</summary>
internal sealed class CallerQuery
{
    public Func<MarketBotContext, TelegramId, string, Task<CallerRow>> Run { get; } = EF.CompileAsyncQuery((MarketBotContext context, TelegramId id, string adminGroup) => (
        from one in context.Set<OneRow>()
        from user in context.Users.Where(u => u.TelegramId == id).DefaultIfEmpty()
        from session in context.Sessions.Where(s => s.TelegramId == id).DefaultIfEmpty()
        from login in context.AdminLogins.Where(l => l.TelegramId == id).DefaultIfEmpty()
        from account in context.Accounts.Where(a => a.Id == login.AccountId && a.IsActive && a.Groups.Any(g => g.Name == adminGroup)).DefaultIfEmpty()
        select new CallerRow
        {
            User = user,
            Session = session,
            Fingerprint = login.Fingerprint,
            PasswordHash = account.PasswordHash,
            IsUnreachable = context.Reachability.Any(r => r.TelegramId == id),
            HasWaiting = context.Outbox.Any(m => m.ChatId == id && m.Reason == null),
        }).AsNoTracking().Single());
}
