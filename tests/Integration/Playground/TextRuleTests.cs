namespace MarketBot.Tests.Integration.Playground;

public class TextRuleTests
{
    [Theory]
    [InlineData("", "message text is empty")]
    [InlineData("   \n ", "text must be non-empty")]
    public async Task An_empty_text_is_refused(string text, string problem)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var reply = await bot.Send(anna, text);

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Fact]
    public async Task The_limit_of_4096_counts_after_the_tags()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var fits = await bot.Send(anna, "<b>" + new string('x', 4096) + "</b>", parseMode: "HTML");
        var tooLong = await bot.Send(anna, new string('x', 4097));
        var edit = await bot.Edit(anna.Chat.Last, new string('y', 4097));

        Assert.True(fits.Ok);
        Assert.Equal("400 Bad Request: message is too long", tooLong.Error);
        Assert.Equal("400 Bad Request: MESSAGE_TOO_LONG", edit.Error);
    }

    [Theory]
    [InlineData("<b>unclosed", "Can't find end tag corresponding to start tag \"b\"")]
    [InlineData("<script>x</script>", "Unsupported start tag \"script\" at byte offset 0")]
    [InlineData("Ж < 5", "Unsupported start tag \"\" at byte offset 3")]
    [InlineData("<b><i>test</b></i>", "Unmatched end tag at byte offset 10, expected \"</i>\", found \"</b>\"")]
    [InlineData("x</b>", "Unexpected end tag at byte offset 1")]
    [InlineData("x <b", "Unclosed start tag at byte offset 2")]
    [InlineData("<b>x</b", "Unclosed end tag at byte offset 4")]
    [InlineData("<span>x</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0")]
    [InlineData("<a href>x</a>", "Expected equal sign in declaration of an attribute of the tag \"a\" at byte offset 0")]
    [InlineData("<a ", "Unclosed start tag at byte offset 0")]
    [InlineData("<a href ", "Unclosed start tag \"a\" at byte offset 0")]
    [InlineData("<a href=", "Unclosed start tag \"a\" at byte offset 0")]
    [InlineData("<a href=\"x", "Unclosed start tag at byte offset 0")]
    [InlineData("<a =x>y</a>", "Empty attribute name in the tag \"a\" at byte offset 0")]
    [InlineData("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8")]
    [InlineData("x&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units")]
    [InlineData("<tg-emoji emoji-id=\"9999999999999999999\">x</tg-emoji>", "Invalid custom emoji identifier specified")]
    public async Task Html_that_does_not_parse_is_refused_with_the_byte_offset(string html, string problem)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var reply = await bot.Send(anna, html, parseMode: "HTML");

        Assert.Equal("400 Bad Request: can't parse entities: " + problem, reply.Error);
    }

    [Theory]
    [InlineData("<b>a</b> <strong>b</strong>", "a b", "bold 0 1, bold 2 1")]
    [InlineData("<i>🙂x</i><em>y</em>", "🙂xy", "italic 0 3, italic 3 1")]
    [InlineData(
        "<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del>", "abcde",
        "underline 0 1, underline 1 1, strikethrough 2 1, strikethrough 3 1, strikethrough 4 1")]
    [InlineData("<tg-spoiler>a</tg-spoiler><span class=\"tg-spoiler\">b</span>", "ab", "spoiler 0 1, spoiler 1 1")]
    [InlineData("<a href=\"https://example.com/?a=1&amp;b=2\">x</a>", "x", "text_link 0 1 https://example.com/?a=1&b=2")]
    [InlineData("<a href=\"example.com\">x</a>", "x", "text_link 0 1 http://example.com/")]
    [InlineData("<a href=\"no\">x</a>", "x", "")]
    [InlineData("<code>k-1</code>", "k-1", "code 0 3")]
    [InlineData("<pre><code class=\"language-cs\">x</code></pre>", "x", "pre 0 1 cs")]
    [InlineData("<blockquote>a</blockquote><blockquote expandable>b</blockquote>", "ab", "blockquote 0 1, expandable_blockquote 1 1")]
    [InlineData("<b>a <i>b</i></b>", "a b", "bold 0 3, italic 2 1")]
    [InlineData("&lt;&gt;&amp;&quot;&#39;&#x41;", "<>&\"'A", "")]
    [InlineData("&nbsp;&copy; A&B &", "&nbsp;&copy; A&B &", "")]
    [InlineData("<b>x  </b>\n", "x", "bold 0 1")]
    [InlineData("a\u202Eb<b>c</b>", "abc", "bold 2 1")]
    [InlineData("/start hi @anna_b example.com", "/start hi @anna_b example.com", "bot_command 0 6, mention 10 7, url 18 11")]
    public async Task Html_becomes_text_and_entities(string html, string text, string entities)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var reply = await bot.Send(anna, html, parseMode: "html");

        Assert.True(reply.Ok, reply.Json.ToString());
        Assert.Equal(text, anna.Chat.Last.Text);
        Assert.Equal(text, reply.Result.GetProperty("text").GetString());
        Assert.Equal(entities, string.Join(", ", anna.Chat.Last.Entities.Select(e => $"{e.Type} {e.Offset} {e.Length} {e.Url}{e.Language}".Trim())));
    }

    [Fact]
    public async Task A_message_can_be_read_back_as_html()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        await bot.Send(anna, "<strong>A &amp; <em>B</em></strong> &lt; <code>c</code>", parseMode: "HTML");

        Assert.Equal("<b>A &amp; <i>B</i></b> &lt; <code>c</code>", anna.Chat.Last.Html);
    }

    [Theory]
    [InlineData("MarkdownV2", "can't parse entities: the playground reads HTML only, not MarkdownV2")]
    [InlineData("INVALID", "unsupported parse_mode")]
    public async Task Other_parse_modes_are_refused(string mode, string problem)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var reply = await bot.Send(anna, "x", parseMode: mode);

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Theory]
    [InlineData("bold", 100, 1, "entity begins after the end of the text at UTF-16 offset 100")]
    [InlineData("bold", 0, 100, "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100")]
    [InlineData("bold", -1, 1, "receive an entity with incorrect offset -1")]
    [InlineData("loud", 0, 1, "can't parse MessageEntity: Unsupported type specified")]
    [InlineData("text_link", 0, 1, "can't parse MessageEntity: Can't find field \"url\"")]
    public async Task Entities_must_fit_the_text(string type, int offset, int length, string problem)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var reply = await bot.Call("sendMessage", new { chat_id = anna.Id, text = "hello", entities = new[] { new { type, offset, length } } });

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Fact]
    public async Task A_link_preview_needs_booleans_and_a_real_address()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var flag = await bot.Call("sendMessage", new { chat_id = anna.Id, text = "x", link_preview_options = new { is_disabled = "yes" } });
        var url = await bot.Call("sendMessage", new { chat_id = anna.Id, text = "x", link_preview_options = new { url = "not-a-url" } });

        Assert.Equal("400 Bad Request: field \"is_disabled\" must be of type Boolean", flag.Error);
        Assert.Equal("400 Bad Request: WEBPAGE_URL_INVALID", url.Error);
    }
}
