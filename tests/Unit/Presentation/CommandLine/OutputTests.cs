using System.Text.Json.Nodes;
using MarketBot.Application.Administration;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using MarketBot.Presentation.Bot.CommandLine;

namespace MarketBot.Tests.Unit.Presentation.CommandLine;

public sealed class OutputTests : IDisposable
{
    private readonly StringWriter _writer = new() { NewLine = "\n" };

    private static readonly ShopDetails[] Shops =
        [new(new ShopId(17), "Орехи", "nuts", "10001", "Forest", true, false), new(new ShopId(1800), "Te\ra", null, "", "", false, true)];

    public void Dispose() => _writer.Dispose();

    [Fact]
    public void People_get_a_table()
    {
        new Output(_writer, json: false).Rows(Shops, ("ID", s => s.Id), ("NAME", s => s.Name), ("SLUG", s => s.Slug), ("ACTIVE", s => s.IsActive));

        Assert.Equal("ID    NAME   SLUG  ACTIVE\n17    Орехи  nuts  yes\n1800  Te a   -     no\n", _writer.ToString());
    }

    [Fact]
    public void What_is_no_terminal_gets_whole_lines_however_long_and_nothing_but_text()
    {
        var name = string.Concat(Enumerable.Repeat("[red]Орехи[/] 🌰 ", 40)).TrimEnd();

        new Output(_writer, json: false).Rows([name], ("NAME", n => n), ("LENGTH", n => n.Length));

        var lines = _writer.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal($"{name}  {name.Length}", lines[1]);
    }

    [Fact]
    public void An_empty_table_has_its_heading()
    {
        new Output(_writer, json: false).Rows<ShopDetails>([], ("ID", s => s.Id), ("NAME", s => s.Name));

        Assert.Equal("ID  NAME\n", _writer.ToString());
    }

    [Fact]
    public void Scripts_get_JSON_with_plain_numbers_and_words()
    {
        new Output(_writer, json: true).Rows(Shops, ("ID", s => s.Id));

        var first = JsonNode.Parse(_writer.ToString())![0]!;
        Assert.Equal((17, "Орехи", true), ((long)first["id"]!, (string)first["name"]!, (bool)first["isActive"]!));
        Assert.Contains("Орехи", _writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void People_and_roles_are_numbers_and_words_in_JSON()
    {
        var user = new UserDetails(new TelegramId(4_503_599_627_370_495), "Anna", "", "", Role.Seller, DateTime.UnixEpoch, false, true, false);

        new Output(_writer, json: true).Value(user);

        var read = JsonNode.Parse(_writer.ToString())!;
        Assert.Equal((4_503_599_627_370_495, "Seller"), ((long)read["telegramId"]!, (string)read["role"]!));
    }

    [Theory]
    [InlineData(false, "It is done.\n")]
    [InlineData(true, "{\n  \"done\": true\n}\n")]
    public void What_is_done_is_said(bool json, string expected)
    {
        new Output(_writer, json).Done("It is done.");

        Assert.Equal(expected, _writer.ToString());
    }

    [Fact]
    public void Times_are_shown_to_the_minute()
    {
        new Output(_writer, json: false).Rows([new DateTime(2026, 3, 1, 9, 5, 7, DateTimeKind.Utc)], ("SINCE", t => t));

        Assert.Equal("SINCE\n2026-03-01 09:05\n", _writer.ToString());
    }

    [Fact]
    public void Refusals_are_told_to_the_operator_in_plain_words()
    {
        Refusal[] all = [AccountRefusals.UsernameTaken, ShopRefusals.SlugTaken, AccountRefusals.PasswordInvalid, AccountRefusals.UserNotFound];

        Assert.All(all, refusal => Assert.DoesNotContain('<', OperatorRequests.Say(refusal)));
    }
}
