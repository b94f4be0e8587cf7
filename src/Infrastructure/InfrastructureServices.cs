using MarketBot.Application.Accounts;
using MarketBot.Application.Administration;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Infrastructure.Diagnosis;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Infrastructure.Persistence.Accounts;
using MarketBot.Infrastructure.Persistence.Postgres;
using MarketBot.Infrastructure.Persistence.Shops;
using MarketBot.Infrastructure.Persistence.Sqlite;
using MarketBot.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketBot.Infrastructure;

/// <summary>Registers the infrastructure layer.</summary>
public static class InfrastructureServices
{
    /// <summary>Adds storage and passwords.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="database">Where to store.</param>
    /// <param name="token">The bot's token: keys are derived from it, it is not kept.</param>
    /// <param name="previousToken">The token before it, so that what is left of its time can be read.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    /// <param name="maxConcurrency">The number of updates that are handled at once.</param>
    public static IServiceCollection AddInfrastructure(
        this IServiceCollection services, DatabaseOptions database, string token, string? previousToken, int maxConcurrency)
    {
        DatabaseProvider provider = database.Provider == DatabaseKind.Postgres
            ? new PostgresProvider(database.ConnectionString, database.Schema)
            : new SqliteProvider(database.ConnectionString);
        services.AddSingleton(_ => provider);
        provider.AddContext(services, options => options.UseMarketBot(provider));
        services.AddScoped(scope => new Lazy<MarketBotContext>(scope.GetRequiredService<MarketBotContext>));
        services.AddSingleton(services => new BotDatabase(services.GetRequiredService<IServiceScopeFactory>(), provider));
        services.AddSingleton(services => new DatabaseDoctor(
            services.GetRequiredService<IServiceScopeFactory>(), provider, services.GetRequiredService<IOptions<BotOptions>>(),
            services.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Reads>();
        services.AddSingleton<ShopQueries>();
        services.AddSingleton(new WriteGate(isOpen: provider.IsShared));
        if (provider is PostgresProvider postgres)
        {
            services.AddSingleton(postgres);
            services.AddSingleton<InstanceLeases>();
            services.AddSingleton<IInstance>(services => services.GetRequiredService<InstanceLeases>());
        }
        else
        {
            services.AddSingleton<IInstance, SoleInstance>();
        }

        services.AddSingleton<ILeadership>(services => services.GetRequiredService<IInstance>());
        services.AddSingleton(_ => new ConcurrencyLimit(maxConcurrency));
        services.AddSingleton<ShopListCache>();
        services.AddSingleton<IPasswords, DjangoPasswords>();
        services.AddSingleton(new AccountNameHash(token));
        services.AddSingleton(new PayloadCipher(token, previousToken));
        services.AddSingleton(BotKey.Of(token));
        services.AddSingleton<IInbox, Inbox>();
        services.AddSingleton<IStorageHealth>(provider);
        services.AddTransient<IOutbox, Outbox>();
        services.AddTransient<IWaitingReplies>(services => services.GetRequiredService<IOutbox>());
        services.AddTransient<INotices, Outbox>();
        services.AddTransient<IAudit, Audit>();
        services.AddTransient<KnownBans>();
        services.AddTransient<IKnownBans>(services => services.GetRequiredService<KnownBans>());
        services.AddTransient<KnownShops>();
        services.AddTransient<IInboxAdministration, InboxAdministration>();
        services.AddTransient<IOutboxAdministration, OutboxAdministration>();
        services.AddScoped<ScopeTransaction>();
        services.AddTransient<ScopedReads>();
        services.AddScoped<IUpdateTransaction, UnitOfWork>();
        services.AddScoped<IUnitOfWork>(services => services.GetRequiredService<IUpdateTransaction>());
        services.AddTransient<ICallerStore, CallerStore>();
        services.AddTransient<ITelegramUserRepository, TelegramUserRepository>();
        services.AddTransient<IMarketplaceAccountRepository, MarketplaceAccountRepository>();
        services.AddTransient<IAdminLoginRepository, AdminLoginRepository>();
        services.AddTransient<IShopRepository, ShopRepository>();
        services.AddTransient<IReachability, Reachability>();
        services.AddTransient<IThrottle, Throttle>();
        return services;
    }

    /// <summary>
    /// Adds the engine's work: reading the inbox, handling, sending, sharing the work out, noticing what others change, cleaning up. The host adds its
    /// <see cref="IUpdateHandler"/> and <see cref="IReplySender"/>.
    /// </summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, DatabaseOptions database, RetentionOptions retention)
    {
        services.AddSingleton<DeliveryMetrics>();
        services.AddSingleton<Lanes>();
        services.AddSingleton<UpdateProcessor>();
        services.AddSingleton<InboxReader>();
        services.AddSingleton<IUpdateIntake, Intake>();
        if (database.Provider == DatabaseKind.Postgres)
            services.AddHostedService(provider => provider.GetRequiredService<InstanceLeases>());
        services.AddHostedService(provider => provider.GetRequiredService<InboxReader>());
        services.AddHostedService<OutboxSender>();
        services.AddSingleton(Options.Create(retention)).AddHostedService<Retention>();
        return services.AddHostedService<Watch>();
    }

    /// <summary>Failures are logged where they are handled, so EF Core does not log them as errors a second time.</summary>
    internal static DbContextOptionsBuilder UseMarketBot(this DbContextOptionsBuilder options, DatabaseProvider provider) => provider.Configure(options)
        .ConfigureWarnings(warnings => warnings.Log(
            (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug),
            (CoreEventId.QueryIterationFailed, LogLevel.Debug), (RelationalEventId.TransactionError, LogLevel.Debug)));
}
