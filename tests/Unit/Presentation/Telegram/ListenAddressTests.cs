using MarketBot.Presentation.Bot.Telegram;

namespace MarketBot.Tests.Unit.Presentation.Telegram;

public class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData(" http://127.0.0.1:8080/\n", "http://127.0.0.1:8080")]
    [InlineData("http://0.0.0.0:80", "http://0.0.0.0:80")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    [InlineData("http://[::]:8080", "http://[::]:8080")]
    [InlineData("http://LOCALHOST:8080", "http://localhost:8080")]
    [InlineData("http://127.0.0.1", "http://127.0.0.1:80")]
    public void An_address_of_this_machine_with_a_port_is_where_one_listens(string text, string address) =>
        Assert.Equal(address, ListenAddress.Parse(text)?.ToString());

    [Theory]
    [InlineData("http://127.0.0.1:18348?x=1")]
    [InlineData("http://127.0.0.1:18348/?x=1")]
    [InlineData("http://127.0.0.1:18348/path")]
    [InlineData("http://127.0.0.1:18348#top")]
    [InlineData("http://user:pw-secret@127.0.0.1:18348")]
    [InlineData("http://127.0.0.1:")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("http://127.0.0.1:-1")]
    [InlineData("http://127.1:8080")]
    [InlineData("http://2130706433:8080")]
    [InlineData("http://0127.0.0.1:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://+:8080")]
    [InlineData("http://bot.example.org:8080")]
    [InlineData("http://localhost.example.org:8080")]
    [InlineData("http://:8080")]
    [InlineData("http://")]
    [InlineData("https://127.0.0.1:8443")]
    [InlineData("http://unix:/tmp/bot.sock")]
    [InlineData("http://127.0.0.1:8080;http://0.0.0.0:8080")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_refused_instead_of_listening_somewhere_else(string? text) => Assert.Null(ListenAddress.Parse(text));
}
