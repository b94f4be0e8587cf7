using MarketBot.Presentation.Bot.CommandLine;
using MarketBot.Presentation.Bot.Telegram;
using Microsoft.Extensions.Configuration;

namespace MarketBot.Tests.Unit.Presentation.CommandLine;

public class SettingsTests
{
    private const string Token = "123456:AAF-secret_part_of_the_token_0";

    private static Settings From(params (string Key, string? Value)[] values) =>
        Settings.From(new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => v.Value)).Build());

    [Fact]
    public void Without_any_value_the_bot_runs_in_the_Playground()
    {
        var settings = From();

        Assert.True(settings.IsPlayground);
        Assert.Equal(
            ("Data Source=marketbot-playground.db", false, 5080),
            (settings.PlaygroundDatabase.ConnectionString, settings.HasDatabase, settings.PlaygroundPort));
        Assert.Equal(
            ("telegram_admins", 5, "", null, true, "ru"),
            (settings.Bot.AdminGroup, settings.Bot.PageSize, settings.Bot.SupportUsername, settings.Bot.ReportChatId, settings.Bot.CustomizeOnStart,
                settings.Bot.DefaultLanguage));
        Assert.Equal(
            ("https://api.telegram.org", UpdateMode.Polling, 64), (settings.Telegram.ApiBaseUrl, settings.Telegram.Mode, settings.Telegram.MaxConcurrency));
    }

    [Fact]
    public void With_a_token_the_Playground_is_never_reached_nor_its_database()
    {
        var settings = From(("Telegram:Token", $" {Token}\n"));

        Assert.False(settings.IsPlayground);
        Assert.Equal((Token, "Data Source=marketbot.db"), (settings.Telegram.Token, settings.Database.ConnectionString));
    }

    [Fact]
    public void Commands_without_a_token_work_on_the_bots_database_not_on_the_Playgrounds() =>
        Assert.Equal("Data Source=marketbot.db", From().Database.ConnectionString);

    [Theory]
    [InlineData("Sqlite", "Data Source=/srv/shop.db")]
    [InlineData("Postgres", "Host=localhost")]
    public async Task The_Playground_never_runs_on_a_database_that_is_configured(string provider, string connection)
    {
        var settings = From(("Database:Provider", provider), ("ConnectionStrings:MarketBot", connection));

        var refused = await Assert.ThrowsAsync<OperatorException>(() => RunCommand.Run(settings, TextWriter.Null, TestContext.Current.CancellationToken));

        Assert.StartsWith("Telegram:Token is empty, but ConnectionStrings:MarketBot is set", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_can_be_given()
    {
        var settings = From(
            ("Telegram:Token", Token), ("Telegram:ApiBaseUrl", "http://localhost:8081"), ("Telegram:Mode", "polling"), ("Telegram:MaxConcurrency", "1024"),
            ("Database:Provider", "sqlite"), ("ConnectionStrings:MarketBot", "Data Source=x.db"), ("Playground:Port", "0"), ("Bot:AdminGroup", "bosses"),
            ("Bot:PageSize", "20"),
            ("Bot:SupportUsername", "@helper"), ("Bot:ReportChatId", "-100500"), ("Bot:CustomizeOnStart", "false"), ("Bot:DefaultLanguage", "EN"));

        Assert.Equal(
            ("http://localhost:8081", 1024, "Data Source=x.db", 0),
            (settings.Telegram.ApiBaseUrl, settings.Telegram.MaxConcurrency, settings.Database.ConnectionString, settings.PlaygroundPort));
        Assert.Equal(
            ("bosses", 20, "helper", -100500L, false, "EN"),
            (settings.Bot.AdminGroup, settings.Bot.PageSize, settings.Bot.SupportUsername, settings.Bot.ReportChatId, settings.Bot.CustomizeOnStart,
                settings.Bot.DefaultLanguage));
    }

    [Theory]
    [InlineData("Telegram:Token", "AAF-secret")]
    [InlineData("Telegram:Token", "123456:AAF secret part of the token 0000")]
    [InlineData("Telegram:Token", "bot123456:AAF-secret_part_of_the_token_0")]
    [InlineData("Telegram:ApiBaseUrl", "api.telegram.org")]
    [InlineData("Telegram:ApiBaseUrl", "ftp://api.telegram.org")]
    [InlineData("Telegram:ApiBaseUrl", "https://proxy.example/tg?key=secret")]
    [InlineData("Telegram:ApiBaseUrl", "https://proxy.example/tg#secret")]
    [InlineData("Telegram:ApiBaseUrl", "https://user:secret@proxy.example/tg")]
    [InlineData("Telegram:ApiBaseUrl", "https://api.telegram.org/bot123456:AAF-secret")]
    [InlineData("Telegram:ApiBaseUrl", "https://api.telegram.org/bot")]
    [InlineData("Telegram:Mode", "Webhooks")]
    [InlineData("Telegram:Mode", "7")]
    [InlineData("Telegram:MaxConcurrency", "0")]
    [InlineData("Telegram:MaxConcurrency", "1025")]
    [InlineData("Telegram:MaxConcurrency", "many")]
    [InlineData("Database:Provider", "Mysql")]
    [InlineData("Database:Schema", "marketbot")]
    [InlineData("Playground:Port", "-1")]
    [InlineData("Playground:Port", "65536")]
    [InlineData("Playground:Port", "http")]
    [InlineData("Bot:PageSize", "0")]
    [InlineData("Bot:PageSize", "21")]
    [InlineData("Bot:PageSize", "five")]
    [InlineData("Bot:PageSize", "99999999999")]
    [InlineData("Bot:SupportUsername", "not a name")]
    [InlineData("Bot:SupportUsername", "<b>")]
    [InlineData("Bot:ReportChatId", "0")]
    [InlineData("Bot:ReportChatId", "here")]
    [InlineData("Bot:CustomizeOnStart", "perhaps")]
    [InlineData("Bot:DefaultLanguage", "de")]
    public void A_wrong_value_stops_the_start_with_one_line_that_names_the_key(string key, string value)
    {
        var failure = Assert.Throws<OperatorException>(() => From((key, value)));

        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Telegram:WebhookUrl", "https://user:secret@bot.example.org/telegram/webhook")]
    [InlineData("Telegram:WebhookUrl", "https://bot.example.org/telegram/webhook#secret")]
    [InlineData("Telegram:WebhookUrl", "http://bot.example.org/telegram/webhook?secret")]
    [InlineData("Telegram:WebhookListen", "http://127.0.0.1:18348?x=secret")]
    [InlineData("Telegram:WebhookListen", "http://user:secret@127.0.0.1:18348")]
    [InlineData("Telegram:WebhookSecret", "a secret")]
    public void A_wrong_value_of_the_webhooks_stops_the_start_and_is_not_shown(string key, string value)
    {
        var values = new Dictionary<string, string?>
        {
            ["Telegram:Token"] = Token,
            ["Telegram:Mode"] = "Webhook",
            ["Telegram:WebhookUrl"] = "https://bot.example.org/telegram/webhook",
            ["Telegram:WebhookSecret"] = "abc",
            [key] = value,
        };

        var failure = Assert.Throws<OperatorException>(() => From([.. values.Select(v => (v.Key, v.Value))]));

        Assert.StartsWith(key, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message.Replace(key, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_path_of_a_Bot_API_server_behind_a_proxy_is_kept() =>
        Assert.Equal("https://proxy.example/tg", From(("Telegram:Token", Token), ("Telegram:ApiBaseUrl", "https://proxy.example/tg")).Telegram.ApiBaseUrl);

    [Fact]
    public void An_empty_value_is_as_if_it_were_not_set_and_leaves_what_a_weaker_source_says()
    {
        var all = new[] { "Telegram:Token", "Telegram:ApiBaseUrl", "Telegram:Mode", "Telegram:MaxConcurrency", "Database:Provider", "Database:Schema",
            "ConnectionStrings:MarketBot", "Bot:AdminGroup", "Bot:PageSize", "Bot:ReportChatId", "Bot:CustomizeOnStart", "Bot:DefaultLanguage",
            "Retention:Audit", "Playground:Port", "Logging:LogLevel:Default" };
        var empty = From([.. all.Select(key => (key, (string?)""))]);
        var stronger = Settings.From(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Bot:PageSize"] = "7" })
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Bot:PageSize"] = "" }).Build());

        Assert.Equal(
            (true, "https://api.telegram.org", 64, "telegram_admins", 5, "ru", 5080),
            (empty.IsPlayground, empty.Telegram.ApiBaseUrl, empty.Telegram.MaxConcurrency, empty.Bot.AdminGroup, empty.Bot.PageSize, empty.Bot.DefaultLanguage,
                empty.PlaygroundPort));
        Assert.False(empty.HasDatabase);
        Assert.Equal(7, stronger.Bot.PageSize);
    }

    [Fact]
    public void A_group_of_too_long_a_name_is_wrong() => Assert.Throws<OperatorException>(() => From(("Bot:AdminGroup", new string('g', 151))));

    [Theory]
    [InlineData("Telegram:Token")]
    [InlineData("Telegram:ApiBaseUrl")]
    [InlineData("Bot:AdminGroup")]
    [InlineData("Bot:SupportUsername")]
    [InlineData("Bot:DefaultLanguage")]
    [InlineData("ConnectionStrings:MarketBot")]
    public void A_value_that_is_null_is_a_default_or_a_mistake_of_the_operator_but_no_crash(string key)
    {
        var failure = Record.Exception(() => From((key, null)));

        Assert.True(failure is null or OperatorException, failure?.ToString());
    }
}
