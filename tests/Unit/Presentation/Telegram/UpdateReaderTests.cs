using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MarketBot.Presentation.Bot.Routing;
using MarketBot.Presentation.Bot.Telegram;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace MarketBot.Tests.Unit.Presentation.Telegram;

public partial class UpdateReaderTests
{
    private const string Anna = """{"id":4503599627370495,"is_bot":false,"first_name":"Anna"}""";
    private const string Chat = """{"id":4503599627370495,"type":"private"}""";
    private const string Message = $$"""{"message_id":5,"date":1772366400,"from":{{Anna}},"chat":{{Chat}},"text":"k-1"}""";

    /// <summary>The list beside this file: every place of the reference at which something new may come.</summary>
    private static IEnumerable<string> Places =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Presentation", "Telegram", "places.txt")).Where(line => !line.StartsWith('#'));

    [Theory]
    [InlineData("message")]
    [InlineData("edited_message")]
    [InlineData("channel_post")]
    [InlineData("callback_query.message")]
    [InlineData("message.reply_to_message")]
    [InlineData("message.pinned_message")]
    public void What_is_new_in_a_message_costs_no_more_than_itself(string message) =>
        CostsNoMoreThanItself(
            Places.Where(place => place.StartsWith("message.", StringComparison.Ordinal)).Select(place => message + place["message".Length..]));

    [Fact]
    public void What_is_new_in_an_update_of_another_kind_costs_no_more_than_itself() =>
        CostsNoMoreThanItself(Places.Where(place => !place.StartsWith("message.", StringComparison.Ordinal)));

    private static void CostsNoMoreThanItself(IEnumerable<string> places) => Assert.All(places, line =>
    {
        var (place, kind) = line.Split(' ') switch { var parts => (parts[0], parts[1]) };
        var expected = Whole(place.Split('.')[0]);
        foreach (var news in new[] { $$"""{"{{kind}}":"dream","x":[{}]}""", """{"name":"without a kind"}""", $$"""{"{{kind}}":7}""", "7" })
        {
            var update = Read(Put(place, JsonNode.Parse(news)!));

            Assert.Equal((77, expected.Type), (update.Id, update.Type));
            Assert.Equal(Incoming.From(expected), Incoming.From(update));
            Assert.Equal(UpdateIntake.LaneOf(expected), UpdateIntake.LaneOf(update));
        }
    });

    [Fact]
    public void The_client_throws_at_most_of_it_which_is_why_this_is_here()
    {
        var thrown = Places.Count(place => Record.Exception(() => JsonSerializer.Deserialize<Update>(
            Put(place.Split(' ')[0], JsonNode.Parse($$"""{"{{place.Split(' ')[1]}}":"dream"}""")!), JsonBotAPI.Options)) is JsonException);

        Assert.InRange(thrown, 10, Places.Count());
    }

    [Fact]
    public void Beside_something_new_all_else_is_read()
    {
        var update = Read($$"""
            {"update_id":77,"my_chat_member":{"chat":{{Chat}},"from":{{Anna}},"date":1772366400,
             "old_chat_member":{"user":{{Anna}},"status":"apprentice"},"new_chat_member":{"until_date":-5,"user":{{Anna}},"status":"kicked"} } }
            """);

        Assert.Null(update.MyChatMember!.OldChatMember);
        Assert.Equal((ChatMemberStatus.Kicked, "Anna"), (update.MyChatMember.NewChatMember.Status, update.MyChatMember.NewChatMember.User.FirstName));
    }

    [Theory]
    [InlineData(2_147_483_647L, 2_147_483_647)]
    [InlineData(2_147_483_648L, -2_147_483_648)]
    [InlineData(4_503_599_627_370_495L, -1)]
    public void An_id_that_outgrew_the_client_stays_one_of_its_own(long id, int expected)
    {
        var update = Read($$"""{"update_id":{{id}},"message":{{Message}} }""");

        Assert.Equal((expected, "k-1"), (update.Id, update.Message!.Text));
    }

    [Theory]
    [InlineData("\"message_id\":99999999999")]
    [InlineData("\"edit_date\":99999999999999")]
    [InlineData("\"edit_date\":-1")]
    [InlineData("\"entities\":[{\"type\":{\"a\":1},\"offset\":0,\"length\":1}]")]
    [InlineData("\"photo\":7")]
    [InlineData("\"sender_boost_count\":1e99")]
    [InlineData("\"author_signature\":[]")]
    [InlineData("\"brand_new\":{\"x\":[1,2]}")]
    public void Members_of_another_form_than_today_cost_no_text(string member)
    {
        var update = Read($$"""{"update_id":77,"message":{"date":1772366400,"from":{{Anna}},"chat":{{Chat}},{{member}},"text":"k-1"} }""");

        Assert.Equal("k-1", Assert.IsType<IncomingMessage>(Incoming.From(update)).Text);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("""{"update_id":[]}""")]
    [InlineData("""{"message":[]}""")]
    [InlineData("""{"message":{"chat":7,"from":7}}""")]
    [InlineData("""{"my_chat_member":{"chat":7}}""")]
    [InlineData("""{"callback_query":{"from":7}}""")]
    public void What_is_no_update_at_all_is_an_empty_one_of_nobodys(string json)
    {
        var update = Read(json);

        Assert.Null(Incoming.From(update));
        Assert.Equal(0, UpdateIntake.LaneOf(update));
    }

    private static Update Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return UpdateReader.Read(document.RootElement);
    }

    private static Update Whole(string kind) => JsonSerializer.Deserialize<Update>($$"""{"update_id":77,"{{kind}}":{{Base(kind)}} }""", JsonBotAPI.Options)!;

    private static string Base(string kind) => kind switch
    {
        "callback_query" => $$"""{"id":"1","from":{{Anna}},"chat_instance":"1","data":"shop_on:17:True","message":{{Message}} }""",
        "my_chat_member" or "chat_member" => $$"""{"chat":{{Chat}},"from":{{Anna}},"date":1772366400}""",
        "message_reaction" or "message_reaction_count" => $$"""{"chat":{{Chat}},"message_id":5,"date":1772366400}""",
        "chat_boost" or "removed_chat_boost" => $$"""{"chat":{{Chat}} }""",
        _ => Message,
    };

    /// <summary>An update with something new at a place, such as <c>message.paid_media.paid_media[]</c>.</summary>
    private static string Put(string place, JsonNode news)
    {
        var parts = Part().Matches(place);
        var value = news;
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            for (var lists = parts[i].Groups["list"].Captures.Count; lists > 0; lists--)
                value = new JsonArray(value);

            var holder = i switch
            {
                0 => new JsonObject { ["update_id"] = 77 },
                1 => JsonNode.Parse(Base(parts[0].Value))!.AsObject(),
                2 when parts[1].Value is "message" or "reply_to_message" or "pinned_message" => JsonNode.Parse(Message)!.AsObject(),
                _ => [],
            };
            holder[parts[i].Groups["name"].Value] = value;
            if (i > 0 && parts[i - 1].Groups["kind"] is { Success: true, Value: var kind })
                holder[kind] = parts[i - 1].Groups["is"].Value;
            value = holder;
        }

        return value.ToJsonString();
    }

    [GeneratedRegex(@"(?<name>\w+)(?<list>\[\])*(\((?<kind>\w+)=(?<is>\w+)\))?")]
    private static partial Regex Part();
}
