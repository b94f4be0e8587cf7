using MarketBot.Application;
using MarketBot.Infrastructure;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Presentation.Bot.Telegram;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Telegram.Bot;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>Puts the layers together; besides <c>Program.cs</c> the only place that sees Infrastructure.</summary>
internal static class Composition
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(10);

    /// <summary>Adds the use cases and the storage, which every command needs.</summary>
    public static IServiceCollection AddMarketBot(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings.Configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Options.Create(settings.Telegram));
        services.AddSingleton(Options.Create(settings.Bot));
        services.AddApplication();
        try
        {
            services.AddInfrastructure(settings.Database, settings.Telegram.Token, settings.Telegram.PreviousToken, settings.Telegram.MaxConcurrency);
        }
        catch (ConnectionStringException unreadable)
        {
            throw new OperatorException(
                $"ConnectionStrings:MarketBot cannot be used: {unreadable.Message}. It should look like {settings.Database.Provider.Example()}", unreadable);
        }

        services.AddLogging(log => log
            .AddConfiguration(settings.Configuration.GetSection("Logging"))
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
                console.UseUtcTimestamp = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            }));
        return services;
    }

    /// <summary>The bot itself: screens, updates, replies.</summary>
    public static IServiceCollection AddBot(this IServiceCollection services, Settings settings)
    {
        services.AddScreens(typeof(Composition).Assembly);
        services.AddSingleton<ITelegramBotClient>(BotClient.Create(settings.Telegram.Token, settings.Telegram.ApiBaseUrl));
        services.AddSingleton<Metrics>();
        services.AddSingleton<TokenHealth>();
        services.AddSingleton<ReplySender>();
        services.AddSingleton<CommandMenus>();
        services.AddSingleton<Incidents>();
        services.AddSingleton<BotIdentity>();
        services.AddSingleton<IUpdateHandler, UpdateHandler>();
        services.AddSingleton<IReplySender>(provider => provider.GetRequiredService<ReplySender>());
        services.AddSingleton<UpdateIntake>();
        services.AddDelivery(settings.Database, settings.Retention);
        if (settings.Telegram.Mode == UpdateMode.Webhook)
        {
            services.AddSingleton<WebhookEndpoint>();
            services.AddHostedService<WebhookRegistration>();
        }
        else
        {
            services.AddHostedService<PollingSource>();
        }

        if (settings.Bot.CustomizeOnStart)
            services.AddHostedService<BotCustomizer>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopsWithin);
        return services;
    }

    /// <summary>A host that runs the bot; the database has to be up to date.</summary>
    /// <param name="settings">The configuration; the token must be there.</param>
    /// <param name="replace">Lets tests put other services in, last.</param>
    public static IHost BuildHost(Settings settings, Action<IServiceCollection>? replace = null)
    {
        var checks = new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        if (settings.Telegram.Mode == UpdateMode.Webhook)
            return BuildWebHost(settings, checks, replace);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.ConfigureContainer(checks);
        builder.Services.AddMarketBot(settings).AddBot(settings);
        replace?.Invoke(builder.Services);
        return builder.Build();
    }

    private static WebApplication BuildWebHost(Settings settings, DefaultServiceProviderFactory checks, Action<IServiceCollection>? replace)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = WebhookEndpoint.MostBytes;
            var listen = ListenAddress.Parse(settings.Telegram.WebhookListen)!;
            if (listen.Address is { } address)
                kestrel.Listen(address, listen.Port);
            else
                kestrel.ListenLocalhost(listen.Port);
        });
        builder.Host.UseServiceProviderFactory(checks);
        builder.Services.AddMarketBot(settings).AddBot(settings);
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<WebhookEndpoint>().Handle);
        return app;
    }

    /// <summary>Services for a command that runs once, on a database that is up to date.</summary>
    public static async Task<ServiceProvider> BuildForCommand(Settings settings, CancellationToken ct)
    {
        var provider = BuildUntouched(settings);
        await UpgradeDatabase(provider, ct);
        return provider;
    }

    /// <summary>Services for a command that runs once, on the database as it is.</summary>
    public static ServiceProvider BuildUntouched(Settings settings)
    {
        var services = new ServiceCollection().AddMarketBot(settings);
        services.RemoveAll<ILoggerProvider>();
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    /// <summary>Brings the database up to date.</summary>
    /// <exception cref="OperatorException">It cannot be used.</exception>
    public static Task UpgradeDatabase(IServiceProvider services, CancellationToken ct) =>
        Guarded(() => services.GetRequiredService<BotDatabase>().Upgrade(ct));

    /// <summary>The marketplace's own tables are not the command line's to fill where a marketplace fills them.</summary>
    /// <exception cref="OperatorException">They are somebody else's.</exception>
    public static async Task WantStandalone(IServiceProvider services, CancellationToken ct)
    {
        if (await services.GetRequiredService<BotDatabase>().IsAttached(ct))
            throw new OperatorException("This database belongs to a marketplace: shops and accounts are added and changed there, not by MarketBot.");
    }

    /// <summary>Copies the database into a new file, as it is.</summary>
    /// <returns>The file that was copied.</returns>
    /// <exception cref="OperatorException">It cannot be copied.</exception>
    public static async Task<string> Backup(IServiceProvider services, string file)
    {
        var from = "";
        await Guarded(() =>
        {
            from = services.GetRequiredService<BotDatabase>().Backup(file);
            return Task.CompletedTask;
        });
        return from;
    }

    private static async Task Guarded(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (DatabaseUnusableException unusable)
        {
            throw new OperatorException(unusable.Message, unusable);
        }
    }
}
