using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MarketBot.Application.Common;
using MarketBot.Domain.Common;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Infrastructure.Security;

/// <summary>Attempts at secrets, counted in <c>marketbot_throttles</c>.</summary>
internal sealed class Throttle(ICaller caller, MarketBotContext context, IServiceScopeFactory scopes, AccountNameHash names, TimeProvider time) : IThrottle
{
    private static readonly Limit UserSecrets = new("user_secrets", 5, TimeSpan.FromMinutes(15));
    private static readonly Limit UserKeys = new("user_keys", 20, TimeSpan.FromDays(1));
    private static readonly Limit AccountPasswords = new("account_passwords", 20, TimeSpan.FromHours(1));
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public async Task<Refusal?> Reserve(SecretKind kind, string? account, CancellationToken ct)
    {
        var person = caller.Profile.Id.Value.ToString(CultureInfo.InvariantCulture);
        (Limit Limit, string Subject)[] limits = kind == SecretKind.ShopKey
            ? [(UserSecrets, person), (UserKeys, person)]
            : [(UserSecrets, person), (AccountPasswords, names.Of(account ?? ""))];

        await using var scope = scopes.CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var own = scope.ServiceProvider.GetRequiredService<MarketBotContext>();
        await work.Begin(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var wait = TimeSpan.Zero;
        foreach (var (limit, subject) in limits)
        {
            var since = now - limit.Window;
            var attempts = await own.Throttles.AsNoTracking()
                .Where(t => t.Limit == limit.Name && t.Subject == subject && t.At > since)
                .OrderByDescending(t => t.At).Take(limit.Most).ToListAsync(ct);
            if (attempts.Any(a => a.UpdateId == caller.UpdateId))
                continue;
            if (attempts.Count == limit.Most)
                wait = TimeSpan.FromTicks(Math.Max(wait.Ticks, (attempts[^1].At + limit.Window - now).Ticks));
            else
                own.Add(new ThrottleRow { Limit = limit.Name, Subject = subject, UpdateId = caller.UpdateId, At = now });
        }

        if (wait > TimeSpan.Zero)
            return AccessRefusals.TooManyAttempts with { RetryAfter = wait };

        var old = now - Longest;
        await own.Throttles.Where(t => t.At <= old).ExecuteDeleteAsync(ct);
        if (await work.Commit(ct) is { } conflict)
            return conflict;
        await work.Complete(null, null, ct);
        return null;
    }

    public Task Forgive(CancellationToken ct)
    {
        var update = caller.UpdateId;
        var person = caller.Profile.Id.Value.ToString(CultureInfo.InvariantCulture);
        return context.Throttles.Where(t => t.UpdateId == update && (t.Subject == person || t.Limit == AccountPasswords.Name)).ExecuteDeleteAsync(ct);
    }

    private sealed record Limit(string Name, int Most, TimeSpan Window);
}

/// <summary>Names of accounts, as the throttle stores them: by a keyed hash, so that the table shows no names, known or unknown.</summary>
internal sealed class AccountNameHash(string token)
{
    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), 32, info: "marketbot throttle"u8.ToArray());

    public string Of(string username) => Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(username)));
}
