using System.Text.RegularExpressions;
using FluentValidation;
using MarketBot.Infrastructure;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Presentation.Bot.Telegram;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>Something the operator has to mend: one line, and exit code 2.</summary>
internal sealed class OperatorException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The configuration, read and checked: <c>appsettings.json</c>, environment variables, command line, the later the stronger.</summary>
internal sealed partial record Settings(
    IConfiguration Configuration, TelegramOptions Telegram, BotOptions Bot, RetentionOptions Retention, DatabaseOptions Database, int PlaygroundPort)
{
    private const string DefaultConnection = "Data Source=marketbot.db";

    private const string PlaygroundConnection = "Data Source=marketbot-playground.db";

    private const int DefaultPlaygroundPort = 5080;

    /// <summary>The database of the Playground's demo shops, never one that a real bot uses.</summary>
    public DatabaseOptions PlaygroundDatabase { get; init; } = new(DatabaseKind.Sqlite, PlaygroundConnection);

    /// <summary>True when the operator has configured a database.</summary>
    public bool HasDatabase => Database.Provider != DatabaseKind.Sqlite || Database.ConnectionString != DefaultConnection;

    /// <summary>True when the bot runs against the Playground instead of Telegram.</summary>
    public bool IsPlayground => Telegram.Token.Length == 0;

    /// <summary>Reads the standard sources.</summary>
    /// <param name="args">Arguments of the form <c>--Section:Key value</c> or <c>--Section:Key=value</c>.</param>
    /// <exception cref="OperatorException">A file cannot be read or a value is wrong.</exception>
    public static Settings Load(string[] args)
    {
        try
        {
            return From(new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddJsonFile(Path.Combine(WorkingFolder(), "appsettings.json"), optional: true)
                .AddEnvironmentVariables()
                .AddCommandLine(args)
                .Build());
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The configuration cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Binds and checks.</summary>
    /// <exception cref="OperatorException">A value is wrong; the message names the key.</exception>
    public static Settings From(IConfiguration configuration)
    {
        configuration = WithoutEmpty(configuration);
        try
        {
            var telegram = configuration.GetSection(TelegramOptions.Section).Get<TelegramOptions>() ?? new TelegramOptions();
            var bot = configuration.GetSection(BotOptions.Section).Get<BotOptions>() ?? new BotOptions();
            // A JSON null is bound as null, whatever the type says.
            var retention = configuration.GetSection(RetentionOptions.Section).Get<RetentionOptions>() ?? new RetentionOptions();
            telegram.Token = telegram.Token?.Trim() ?? "";
            bot.SupportUsername = bot.SupportUsername?.TrimStart('@') ?? "";
            Check(new TelegramOptionsValidator().Validate(telegram));
            Check(new BotOptionsValidator().Validate(bot));
            Check(new RetentionOptionsValidator().Validate(retention));

            CheckLogLevels(configuration.GetSection("Logging"));
            var port = configuration.GetValue("Playground:Port", DefaultPlaygroundPort);
            if (port is < 0 or > 65535)
                throw new OperatorException("Playground:Port must be a port number from 0 to 65535.");

            return new Settings(configuration, telegram, bot, retention, DatabaseFrom(configuration), port);
        }
        catch (InvalidOperationException unreadable) when (KeyInMessage().Match(unreadable.Message) is { Success: true } key)
        {
            throw new OperatorException($"{key.Groups[1].Value} has a value of the wrong kind.", unreadable);
        }
    }

    /// <summary>The folder may have been removed since a shell went there (getcwd(3), ENOENT).</summary>
    private static string WorkingFolder()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException("The working folder is gone or may not be entered: change to one that is there.", gone);
        }
    }

    /// <summary>
    /// An empty value is as if it were not set, for every key: Compose passes variables that are not set as empty ones. What a weaker source says then counts.
    /// </summary>
    private static IConfiguration WithoutEmpty(IConfiguration configuration)
    {
        if (configuration is not IConfigurationRoot root)
            return configuration;

        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, _) in root.AsEnumerable())
        {
            foreach (var provider in root.Providers.Reverse())
            {
                if (provider.TryGet(key, out var value) && !string.IsNullOrEmpty(value))
                {
                    values[key] = value;
                    break;
                }
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    private static DatabaseOptions DatabaseFrom(IConfiguration configuration)
    {
        var kind = DatabaseKind.Sqlite;
        if (configuration["Database:Provider"] is { Length: > 0 } provider && (!Enum.TryParse(provider, ignoreCase: true, out kind) || !Enum.IsDefined(kind)))
            throw new OperatorException("Database:Provider must be Sqlite or Postgres.");

        var schema = configuration["Database:Schema"] is { Length: > 0 } named ? named : null;
        if (schema is not null && (kind != DatabaseKind.Postgres || !SchemaName().IsMatch(schema)))
            throw new OperatorException(
                "Database:Schema must be the name of a PostgreSQL schema in lower-case letters, digits and _, and only goes with Database:Provider Postgres.");

        var connection = configuration.GetConnectionString("MarketBot");
        if (!string.IsNullOrWhiteSpace(connection))
            return new DatabaseOptions(kind, connection, schema);

        return kind == DatabaseKind.Sqlite
            ? new DatabaseOptions(kind, DefaultConnection)
            : throw new OperatorException($"ConnectionStrings:MarketBot must say where the PostgreSQL database is, as in {kind.Example()}");
    }

    /// <summary>Checks the levels of all providers, too: <c>Logging:LogLevel:Category</c> and <c>Logging:Console:LogLevel:Category</c>.</summary>
    private static void CheckLogLevels(IConfigurationSection logging)
    {
        var ofProviders = logging.GetChildren().SelectMany(provider => provider.GetSection("LogLevel").GetChildren());
        foreach (var level in logging.GetSection("LogLevel").GetChildren().Concat(ofProviders))
        {
            if (!string.IsNullOrEmpty(level.Value) && !Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out _))
                throw new OperatorException($"{level.Path} must be one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
        }
    }

    private static void Check(FluentValidation.Results.ValidationResult result)
    {
        if (!result.IsValid)
            throw new OperatorException(string.Join(" ", result.Errors.Select(e => e.ErrorMessage)));
    }

    private static Uri? HttpAddress(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") ? uri : null;

    [GeneratedRegex("/bot([0-9]+:|$|/)")]
    private static partial Regex TokenInPath();

    [GeneratedRegex("at '([^']+)'")]
    private static partial Regex KeyInMessage();

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex SchemaName();

    private sealed class TelegramOptionsValidator : AbstractValidator<TelegramOptions>
    {
        public TelegramOptionsValidator()
        {
            RuleFor(o => o.Token).Matches("^([0-9]+:[A-Za-z0-9_-]{20,})?$")
                .WithMessage("Telegram:Token is not a bot token; BotFather gives one like 123456:letters-and-digits.");
            RuleFor(o => o.ApiBaseUrl).Must(url => HttpAddress(url) is not null).WithMessage("Telegram:ApiBaseUrl must be an absolute http or https address.")
                .Must(url => HttpAddress(url) is not { UserInfo.Length: > 0 } and not { Query.Length: > 0 } and not { Fragment.Length: > 0 })
                .WithMessage("Telegram:ApiBaseUrl must not have a user, a password, a query or a fragment: they cannot be sent with the bot's requests.")
                .Must(url => HttpAddress(url) is not { } address || !TokenInPath().IsMatch(address.AbsolutePath))
                .WithMessage("Telegram:ApiBaseUrl must end before /bot: the token is put behind it.");
            RuleFor(o => o.Mode).IsInEnum().WithMessage("Telegram:Mode must be Polling or Webhook.");
            When(o => o.Mode == UpdateMode.Webhook, () =>
            {
                RuleFor(o => o.WebhookUrl).Must(url => HttpAddress(url) is { Scheme: "https" } or { IsLoopback: true })
                    .WithMessage("Telegram:WebhookUrl must be an absolute https address.")
                    .Must(url => HttpAddress(url) is not { UserInfo.Length: > 0 } and not { Fragment.Length: > 0 })
                    .WithMessage("Telegram:WebhookUrl must not have a user, a password or a fragment.");
                RuleFor(o => o.WebhookSecret).Matches("^[A-Za-z0-9_-]{1,256}$")
                    .WithMessage("Telegram:WebhookSecret must have 1 to 256 characters of A-Z a-z 0-9 _ -.");
                RuleFor(o => o.WebhookListen).Must(address => ListenAddress.Parse(address) is not null)
                    .WithMessage($"Telegram:WebhookListen {ListenAddress.Rule}");
                RuleFor(o => o.WebhookPath).Matches("^/[A-Za-z0-9_/-]+$").WithMessage("Telegram:WebhookPath must be a path such as /telegram/webhook.");
            });
            RuleFor(o => o.MaxConcurrency).InclusiveBetween(1, 1024).WithMessage("Telegram:MaxConcurrency must be from 1 to 1024.");
        }
    }

    private sealed class RetentionOptionsValidator : AbstractValidator<RetentionOptions>
    {
        public RetentionOptionsValidator()
        {
            RuleFor(o => o.Tombstones).GreaterThanOrEqualTo(TimeSpan.FromHours(24))
                .WithMessage("Retention:Tombstones must be at least 1.00:00:00, since Telegram repeats updates for a day.");
            RuleFor(o => o.DeadLetters).GreaterThan(TimeSpan.Zero).WithMessage("Retention:DeadLetters must be a time such as 30.00:00:00.");
            RuleFor(o => o.IdleSessions).GreaterThan(TimeSpan.Zero).WithMessage("Retention:IdleSessions must be a time such as 180.00:00:00.");
            RuleFor(o => o.Audit).GreaterThan(TimeSpan.Zero).WithMessage("Retention:Audit must be a time such as 400.00:00:00.");
        }
    }

    private sealed class BotOptionsValidator : AbstractValidator<BotOptions>
    {
        public BotOptionsValidator()
        {
            RuleFor(o => o.AdminGroup).NotNull().WithMessage("Bot:AdminGroup must have 1 to 150 characters.")
                .Length(1, Domain.Accounts.AccountGroup.MaxNameLength).WithMessage("Bot:AdminGroup must have 1 to 150 characters.");
            RuleFor(o => o.PageSize).InclusiveBetween(1, 20).WithMessage("Bot:PageSize must be from 1 to 20.");
            RuleFor(o => o.SupportUsername).Matches("^[A-Za-z0-9_]{0,32}$").WithMessage("Bot:SupportUsername must be a Telegram username.");
            RuleFor(o => o.ReportChatId).NotEqual(0).WithMessage("Bot:ReportChatId must be a chat id.");
            RuleFor(o => o.DefaultLanguage).Must(code => LanguageChoice.Parse(code) is not null).WithMessage("Bot:DefaultLanguage must be ru or en.");
        }
    }
}
