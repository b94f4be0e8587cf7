using System.Reflection;

namespace MarketBot.Tests.Unit.Conventions;

public class LayerTests
{
    private static readonly string[] ProgramAndCommandLine = ["MarketBot.Presentation.Bot.CommandLine"];

    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    [Fact]
    public void Domain_references_nothing_but_the_runtime() =>
        Assert.All(ReferencesOf(House.Domain), name => Assert.Matches("^(System\\.|netstandard$)", name));

    [Fact]
    public void Domains_project_names_no_package_and_no_project() =>
        Assert.DoesNotContain("Reference", File.ReadAllText(Path.Combine(House.Root, "src", "Domain", "Domain.csproj")), StringComparison.Ordinal);

    [Fact]
    public void Application_references_of_the_house_only_Domain_and_no_storage_or_Telegram()
    {
        var references = ReferencesOf(House.Application).ToList();

        Assert.Equal(["MarketBot.Domain"], references.Where(r => r.StartsWith("MarketBot", StringComparison.Ordinal)));
        Assert.DoesNotContain(
            references,
            r => r.Contains("EntityFramework", StringComparison.Ordinal) || r.Contains("Sqlite", StringComparison.Ordinal)
                || r.StartsWith("Telegram", StringComparison.Ordinal));
    }

    [Fact]
    public void Infrastructure_references_of_the_house_only_Application_and_Domain()
    {
        var references = ReferencesOf(House.Infrastructure).ToList();

        Assert.Equal(["MarketBot.Application", "MarketBot.Domain"], references.Where(r => r.StartsWith("MarketBot", StringComparison.Ordinal)).Order());
        Assert.DoesNotContain(references, r => r.StartsWith("Telegram", StringComparison.Ordinal));
    }

    /// <summary>The edges to Telegram are the engine's two sides: they hand updates in and are handed replies to send, by its public contracts.</summary>
    [Fact]
    public void Of_the_bot_only_the_program_and_the_command_line_see_Infrastructure_and_the_edges_to_Telegram_the_engines_contracts()
    {
        var others = House.Bot.GetTypes().Where(t => t.Namespace is { } name && !ProgramAndCommandLine.Contains(name));

        var breaches = from type in others
                       from used in Il.TypesUsedBy(type)
                       where used.Assembly == House.Infrastructure
                           && !(type.Namespace == "MarketBot.Presentation.Bot.Telegram"
                               && used is { IsPublic: true, Namespace: "MarketBot.Infrastructure.Delivery" })
                       select $"{type} uses {used}";

        Assert.Empty(breaches);
    }

    [Fact]
    public void The_engine_knows_nothing_of_Telegrams_client_nor_of_MediatR()
    {
        var engine = House.Infrastructure.GetTypes().Where(t => t.Namespace == "MarketBot.Infrastructure.Delivery");

        var breaches = from type in engine
                       from used in Il.TypesUsedBy(type)
                       where used.Assembly.GetName().Name is "Telegram.Bot" or "MediatR"
                           || used.Namespace?.StartsWith("MarketBot.Application.", StringComparison.Ordinal) == true
                           && used.Namespace is not ("MarketBot.Application.Common" or "MarketBot.Application.Administration")
                       select $"{type} uses {used}";

        Assert.Empty(breaches);
    }

    [Fact]
    public void The_scan_does_see_what_code_uses()
    {
        var composition = House.Bot.GetType("MarketBot.Presentation.Bot.CommandLine.Composition")!;

        Assert.Contains(Il.TypesUsedBy(composition), t => t.Assembly == House.Infrastructure);
    }

    [Fact]
    public void Only_the_sender_of_replies_and_the_edges_of_the_host_talk_to_Telegram()
    {
        string[] mayTalk =
            ["ReplySender", "CommandMenus", "BotCustomizer", "BotIdentity", "PollingSource", "WebhookRegistration", "Composition", "TelegramChecks"];

        var breaches = from type in House.Bot.GetTypes()
                       let outer = Outermost(type)
                       where !mayTalk.Contains(outer.Name) && Il.TypesUsedBy(type).Any(t => t.Name is "ITelegramBotClient" or "TelegramBotClientExtensions")
                       select outer.Name;

        Assert.Empty(breaches.Distinct());
    }

    [Fact]
    public void Screens_know_no_storage()
    {
        var screens = House.Bot.GetTypes()
            .Where(t => t.Namespace is { } name && name.StartsWith("MarketBot.Presentation.Bot.", StringComparison.Ordinal)
                && Outermost(t).Name.EndsWith("Screen", StringComparison.Ordinal));

        var breaches = from screen in screens
                       from used in Il.TypesUsedBy(screen)
                       where used.Name.EndsWith("Repository", StringComparison.Ordinal) || used.Name == "IUnitOfWork"
                       select $"{screen} uses {used}";

        Assert.Empty(breaches);
    }

    /// <summary>The folders of the bot from the outermost inwards; a folder may import those behind it and, between features, each other.</summary>
    [Fact]
    public void Folders_of_the_bot_import_inwards_only_and_routing_and_rendering_know_no_feature()
    {
        const string Bot = "MarketBot.Presentation.Bot.";
        string[] features = [
            .. Directory.GetDirectories(Path.Combine(House.Root, "src", "Application")).Select(Path.GetFileName).OfType<string>()
            .Except(["Common", "bin", "obj"])];
        int Rank(Type type) => type.Namespace switch
        {
            Bot + "Rendering" => 0,
            Bot + "Routing" => 1,
            Bot + "Telegram" => 3,
            Bot + "CommandLine" => 4,
            { } name when features.Any(f => name == Bot + f || name == $"MarketBot.Application.{f}") => 2,
            _ => -1,
        };

        var breaches = from type in House.Bot.GetTypes()
                       where Rank(type) >= 0
                       from used in Il.TypesUsedBy(type)
                       where Rank(used) > Rank(type)
                       select $"{type} uses {used}";

        Assert.NotEmpty(features);
        Assert.Empty(breaches);
    }

    [Fact]
    public void Every_folder_of_the_bot_has_its_place_in_that_order()
    {
        string[] known = ["Rendering", "Routing", "Telegram", "CommandLine", "Properties", "bin", "obj"];
        var features = Directory.GetDirectories(Path.Combine(House.Root, "src", "Application")).Select(Path.GetFileName);

        var folders = Directory.GetDirectories(Path.Combine(House.Root, "src", "Presentation.Bot")).Select(Path.GetFileName);

        Assert.Empty(folders.Except(known).Except(features));
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
