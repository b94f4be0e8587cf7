using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MarketBot.Application.Common;
using MarketBot.Domain.Common;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Infrastructure.Security;

/// <summary>
/// Attempts at secrets, counted in <c>marketbot_throttles</c>. An attempt at a password is pending until its outcome is known, and counts meanwhile: so never
/// more than the limit are wrong. Whom only pending ones keep out waits for them.
/// </summary>
internal sealed class Throttle(
    ICaller caller, MarketBotContext context, IServiceScopeFactory scopes, ConcurrencyLimit concurrency, AccountNameHash names, TimeProvider time) : IThrottle
{
    /// <summary>The update of the row that an attempt locks first, where a database lets two transactions write at once; no update has this number.</summary>
    private const long Turn = 0;

    private static readonly Limit UserSecrets = new("user_secrets", 5, TimeSpan.FromMinutes(15));
    private static readonly Limit UserKeys = new("user_keys", 20, TimeSpan.FromDays(1));
    private static readonly Limit AccountPasswords = new("account_passwords", 20, TimeSpan.FromHours(1));
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>An attempt that is pending longer belongs to a crashed process, and counts as wrong.</summary>
    private static readonly TimeSpan LongestPending = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SoonAgain = TimeSpan.FromMinutes(1);

    public async Task<Refusal?> Reserve(SecretKind kind, string? account, CancellationToken ct)
    {
        var person = caller.Profile.Id.Value.ToString(CultureInfo.InvariantCulture);
        (Limit Limit, string Subject)[] limits = kind == SecretKind.ShopKey
            ? [(UserSecrets, person), (UserKeys, person)]
            : [(UserSecrets, person), (AccountPasswords, names.Of(account ?? ""))];

        var started = time.GetTimestamp();
        while (await TryReserve(limits, ct) is { } refusal)
        {
            foreach (var (limit, subject) in limits)
            {
                Room room;
                while ((room = await RoomOf(limit, subject, ct)) == Room.Perhaps)
                {
                    if (time.GetElapsedTime(started) > LongestPending)
                        return AccessRefusals.TooManyAttempts with { RetryAfter = SoonAgain };
                    await concurrency.Outside(() => Pause(ct));
                }

                if (room == Room.None)
                    return refusal;
            }
        }

        return null;
    }

    public async Task Fail(CancellationToken ct)
    {
        var update = caller.UpdateId;
        await using var scope = scopes.CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        await work.Begin(ct);
        await scope.ServiceProvider.GetRequiredService<MarketBotContext>().Throttles
            .Where(t => t.UpdateId == update && t.Limit == AccountPasswords.Name)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.PendingUntil, (DateTime?)null), ct);
        await work.Commit(ct);
    }

    public Task Forgive(CancellationToken ct)
    {
        var update = caller.UpdateId;
        var person = caller.Profile.Id.Value.ToString(CultureInfo.InvariantCulture);
        return context.Throttles.Where(t => t.UpdateId == update && (t.Subject == person || t.Limit == AccountPasswords.Name)).ExecuteDeleteAsync(ct);
    }

    private async Task<Refusal?> TryReserve((Limit Limit, string Subject)[] limits, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var own = scope.ServiceProvider.GetRequiredService<MarketBotContext>();
        await work.Begin(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        var wait = TimeSpan.Zero;
        foreach (var (limit, subject) in limits)
        {
            await own.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO marketbot_throttles (limit_name, subject, update_id, at) VALUES ({limit.Name}, {subject}, {Turn}, {milliseconds})
                ON CONFLICT (limit_name, subject, update_id) DO UPDATE SET at = excluded.at
                """,
                ct);
            var pendingUntil = limit == AccountPasswords ? now + LongestPending : (DateTime?)null;
            var again = await own.Throttles.Where(t => t.Limit == limit.Name && t.Subject == subject && t.UpdateId == caller.UpdateId)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.PendingUntil, pendingUntil), ct);
            if (again > 0)
                continue;

            var attempts = await Attempts(own, limit, subject).OrderByDescending(t => t.At).Take(limit.Most).ToListAsync(ct);
            if (attempts.Count == limit.Most)
                wait = TimeSpan.FromTicks(Math.Max(wait.Ticks, (attempts[^1].At + limit.Window - now).Ticks));
            else
                own.Add(new ThrottleRow { Limit = limit.Name, Subject = subject, UpdateId = caller.UpdateId, At = now, PendingUntil = pendingUntil });
        }

        if (wait > TimeSpan.Zero)
            return AccessRefusals.TooManyAttempts with { RetryAfter = wait };

        var old = now - Longest;
        await own.Throttles.Where(t => t.At <= old).ExecuteDeleteAsync(ct);
        if (await work.Save(ct) is { } conflict)
            return conflict;
        await work.Commit(ct);
        return null;
    }

    private IQueryable<ThrottleRow> Attempts(MarketBotContext of, Limit limit, string subject)
    {
        var since = time.GetUtcNow().UtcDateTime - limit.Window;
        return of.Throttles.AsNoTracking().Where(t => t.Limit == limit.Name && t.Subject == subject && t.UpdateId != Turn && t.At > since);
    }

    private async Task<Room> RoomOf(Limit limit, string subject, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var attempts = await Attempts(context, limit, subject).Select(t => t.PendingUntil).ToListAsync(ct);
        return attempts.Count < limit.Most ? Room.Yes : attempts.Any(until => until > now && until <= now + LongestPending) ? Room.Perhaps : Room.None;
    }

    private async Task<bool> Pause(CancellationToken ct)
    {
        await Task.Delay(BetweenLooks, time, ct);
        return true;
    }

    private enum Room
    {
        Yes,

        /// <summary>There is room as soon as one of the pending attempts turns out right.</summary>
        Perhaps,
        None,
    }

    private sealed record Limit(string Name, int Most, TimeSpan Window);
}

/// <summary>Names of accounts, as the throttle stores them: by a keyed hash, so that the table shows no names, known or unknown.</summary>
internal sealed class AccountNameHash(string token)
{
    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), 32, info: "marketbot throttle"u8.ToArray());

    public string Of(string username) => Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(username)));
}
