using System.Globalization;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using MarketBot.Infrastructure.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>
/// The marketplace's tables, which are Django's and excluded from migrations, and the bot's own, named <c>marketbot_*</c>.
/// Each provider has a context of its own that adds nothing: EF Core tells their migrations apart by it.
/// </summary>
internal abstract class MarketBotContext : DbContext
{
    protected MarketBotContext(DbContextOptions options)
        : base(options) =>
        Database.AutoSavepointsEnabled = false;

    /// <summary>The use of this pooled context that is in the middle of a transaction; null: none is.</summary>
    public DbContextId? Transaction { get; set; }

    public DbSet<TelegramUser> Users => Set<TelegramUser>();

    public DbSet<MarketplaceAccount> Accounts => Set<MarketplaceAccount>();

    public DbSet<AccountGroup> Groups => Set<AccountGroup>();

    public DbSet<Shop> Shops => Set<Shop>();

    public DbSet<ShopBinding> Bindings => Set<ShopBinding>();

    public DbSet<AdminLogin> AdminLogins => Set<AdminLogin>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<ThrottleRow> Throttles => Set<ThrottleRow>();

    public DbSet<ReachabilityRow> Reachability => Set<ReachabilityRow>();

    public DbSet<InboxRow> Inbox => Set<InboxRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<KnownBanRow> KnownBans => Set<KnownBanRow>();

    public DbSet<NoticeRow> Notices => Set<NoticeRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<TelegramId>().HaveConversion<TelegramIdConverter>();
        configurationBuilder.Properties<ShopId>().HaveConversion<ShopIdConverter>();
        configurationBuilder.Properties<ApiKey>().HaveConversion<ApiKeyConverter>();
        configurationBuilder.Properties<Role>().HaveConversion<RoleConverter>();
        if (Database.IsSqlite())
            configurationBuilder.Properties<DateTime>().HaveConversion<DjangoDateTimeConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);

    private sealed class TelegramIdConverter() : ValueConverter<TelegramId, long>(id => id.Value, value => new TelegramId(value));

    private sealed class ShopIdConverter() : ValueConverter<ShopId, long>(id => id.Value, value => new ShopId(value));

    private sealed class ApiKeyConverter() : ValueConverter<ApiKey, string>(key => key.Value, value => ApiKey.Stored(value));

    private sealed class RoleConverter() : ValueConverter<Role, string>(role => role == Role.Admin ? "AD" : "SE", code => code == "AD" ? Role.Admin : Role.Seller);

    /// <summary>
    /// Text exactly as Django writes and reads it (django/db/backends/sqlite3/operations.py, adapt_datetimefield_value):
    /// UTC without a zone, six digits of a second.
    /// </summary>
    private sealed class DjangoDateTimeConverter() : ValueConverter<DateTime, string>(
        time => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        text => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));
}
