using System.Data.Common;
using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Infrastructure.Persistence.Accounts;
using MarketBot.Infrastructure.Persistence.Shops;
using MarketBot.Infrastructure.Security;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MarketBot.Infrastructure;

/// <summary>Registers the infrastructure layer.</summary>
public static class InfrastructureServices
{
    /// <summary>How long a writer waits for another program that holds the SQLite file, in seconds.</summary>
    private const int LockTimeout = 15;

    /// <summary>Adds storage and passwords.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="connectionString">Of the SQLite database.</param>
    /// <param name="token">The bot's token: keys are derived from it, it is not kept.</param>
    /// <param name="previousToken">The token before it, so that what is left of its time can be read.</param>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, string connectionString, string token, string? previousToken = null)
    {
        var sqlite = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true };
        if (!sqlite.ShouldSerialize("Default Timeout"))
            sqlite.DefaultTimeout = LockTimeout;

        services.AddDbContextPool<MarketBotContext>(options => options.UseMarketBotSqlite(sqlite.ConnectionString));
        services.AddSingleton(provider => new BotDatabase(provider.GetRequiredService<IServiceScopeFactory>(), sqlite.ConnectionString));
        services.AddSingleton<Func<DbConnection>>(() => new SqliteConnection(sqlite.ConnectionString));
        services.AddSingleton<Reads>();
        services.AddSingleton<WriteGate>();
        services.AddSingleton<ShopListCache>();
        services.AddSingleton<IPasswords, DjangoPasswords>();
        services.AddSingleton(new AccountNameHash(token));
        services.AddSingleton(new PayloadCipher(token, previousToken));
        services.AddSingleton(BotKey.Of(token));
        services.AddSingleton<IInbox, Inbox>();
        services.AddScoped<IOutbox, Outbox>();
        services.AddScoped<IAudit, Audit>();
        services.AddScoped<IKnownBans, KnownBans>();
        services.AddScoped<IInboxAdministration, InboxAdministration>();
        services.AddScoped<IOutboxAdministration, OutboxAdministration>();
        services.AddScoped<ScopedReads>();
        services.AddScoped<IUnitOfWork, UnitOfWork>();
        services.AddScoped<ICallerStore, CallerStore>();
        services.AddScoped<ITelegramUserRepository, TelegramUserRepository>();
        services.AddScoped<IMarketplaceAccountRepository, MarketplaceAccountRepository>();
        services.AddScoped<IAdminLoginRepository, AdminLoginRepository>();
        services.AddScoped<IShopRepository, ShopRepository>();
        services.AddScoped<IReachability, Reachability>();
        services.AddScoped<IThrottle, Throttle>();
        return services;
    }

    /// <summary>Adds the job that removes what has been kept long enough.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, RetentionOptions options) =>
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options)).AddHostedService<Retention>();

    /// <summary>Adds the job that notices what others change.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="isMine">Whether the job is this process's to do now.</param>
    public static IServiceCollection AddWatch(this IServiceCollection services, Func<IServiceProvider, bool> isMine) =>
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Watch>(provider, () => isMine(provider)));

    /// <summary>What fails is reported where it is handled; EF Core's own word about it would be a second one, and an error at that.</summary>
    internal static DbContextOptionsBuilder UseMarketBotSqlite(this DbContextOptionsBuilder options, string connectionString) => options
        .UseSqlite(connectionString, sqlite => sqlite.MigrationsHistoryTable("marketbot_migrations"))
        .ConfigureWarnings(warnings => warnings.Log(
            (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug), (RelationalEventId.TransactionError, LogLevel.Debug)));
}
