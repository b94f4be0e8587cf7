using MarketBot.Application.Accounts;
using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Delivery;
using Microsoft.EntityFrameworkCore;

namespace MarketBot.Infrastructure.Persistence.Accounts;

internal sealed class TelegramUserRepository(MarketBotContext context, TimeProvider time) : ITelegramUserRepository
{
    public Task<TelegramUser?> Find(TelegramId id, CancellationToken ct) => context.Users.FirstOrDefaultAsync(u => u.TelegramId == id, ct);

    public void Add(TelegramUser user) => context.Add(user);

    public async Task<IReadOnlyList<TelegramUser>> List(TelegramId after, int count, CancellationToken ct) =>
        await context.Users.AsNoTracking().Where(u => u.TelegramId > after).OrderBy(u => u.TelegramId).Take(count).ToListAsync(ct);

    public async Task<bool> Erase(TelegramId id, CancellationToken ct)
    {
        var subject = id.ToString();
        var now = time.GetUtcNow().UtcDateTime;

        // First: what is under way ends before, or does not end at all.
        await context.Inbox.Where(r => r.Lane == id.Value && r.State != InboxState.Done).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, InboxState.Done).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Payload, (byte[]?)null).SetProperty(r => r.Reply, (byte[]?)null), ct);
        await context.Bindings.Where(b => b.User.TelegramId == id).ExecuteDeleteAsync(ct);
        await context.AdminLogins.Where(l => l.TelegramId == id).ExecuteDeleteAsync(ct);
        await context.Sessions.Where(s => s.TelegramId == id).ExecuteDeleteAsync(ct);
        await context.Outbox.Where(m => m.ChatId == id).ExecuteDeleteAsync(ct);
        await context.Reachability.Where(r => r.TelegramId == id).ExecuteDeleteAsync(ct);
        await context.KnownBans.Where(b => b.TelegramId == id).ExecuteDeleteAsync(ct);
        await context.Notices.Where(n => n.TelegramId == id).ExecuteDeleteAsync(ct);
        await context.Throttles.Where(t => t.Subject == subject).ExecuteDeleteAsync(ct);
        await context.Audit.Where(a => a.Actor == id.Value).ExecuteUpdateAsync(set => set.SetProperty(a => a.Actor, (long?)null), ct);
        await context.Audit.Where(a => a.Person == id.Value).ExecuteUpdateAsync(set => set.SetProperty(a => a.Person, (long?)null), ct);
        return await context.Users.Where(u => u.TelegramId == id).ExecuteDeleteAsync(ct) > 0;
    }
}

internal sealed class MarketplaceAccountRepository(MarketBotContext context) : IMarketplaceAccountRepository
{
    private const int MostHashesInUse = 20;

    public Task<MarketplaceAccount?> FindByUsername(string username, CancellationToken ct) =>
        context.Accounts.Include(a => a.Groups).FirstOrDefaultAsync(a => a.Username == username, ct);

    public async Task<IReadOnlyList<string>> HashesInUse(string group, CancellationToken ct) => await context.Accounts
        .Where(a => a.IsActive && a.Groups.Any(g => g.Name == group)).OrderBy(a => a.Id).Select(a => a.PasswordHash).Take(MostHashesInUse).ToListAsync(ct);

    public async Task<IReadOnlyList<MarketplaceAccount>> List(int after, int count, CancellationToken ct) =>
        await context.Accounts.AsNoTracking().Include(a => a.Groups).Where(a => a.Id > after).OrderBy(a => a.Id).Take(count).ToListAsync(ct);

    public async Task<AccountGroup> FindOrAddGroup(string name, CancellationToken ct) =>
        await context.Groups.FirstOrDefaultAsync(g => g.Name == name, ct) ?? context.Groups.Add(new AccountGroup(name)).Entity;

    public void Add(MarketplaceAccount account)
    {
        var entry = context.Add(account);
        foreach (var column in MarketplaceAccountTable.EmptyTexts)
            entry.Property(column).CurrentValue = "";
    }
}

internal sealed class AdminLoginRepository(MarketBotContext context, IPasswords passwords, TimeProvider time) : IAdminLoginRepository
{
    public async Task Remember(TelegramId person, MarketplaceAccount account, CancellationToken ct)
    {
        var fingerprint = passwords.Fingerprint(account.PasswordHash);
        var now = time.GetUtcNow().UtcDateTime;
        if (await context.AdminLogins.FirstOrDefaultAsync(l => l.TelegramId == person, ct) is { } login)
            login.Renew(account.Id, fingerprint, now);
        else
            context.Add(new AdminLogin(person, account.Id, fingerprint, now));
    }

    public Task Forget(TelegramId person, CancellationToken ct) => context.AdminLogins.Where(l => l.TelegramId == person).ExecuteDeleteAsync(ct);
}
