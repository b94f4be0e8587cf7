namespace MarketBot.Playground;

/// <summary>Reads the HTML of the Bot API (section "HTML style") as strictly as Telegram: unknown tags, crossed tags and bad attributes are errors.</summary>
internal sealed class HtmlParser
{
    private readonly string _html;
    private readonly StringBuilder _plain;
    private readonly List<TextEntity> _entities = [];
    private readonly List<OpenTag> _open = [];
    private int _at;

    private HtmlParser(string html)
    {
        _html = html;
        _plain = new StringBuilder(html.Length);
    }

    /// <summary>The plain text and its entities; a text that does not parse fails with Telegram's words and the offset in UTF-8 bytes.</summary>
    public static FormattedText Parse(string html) =>
        html.AsSpan().IndexOfAny('<', '&') < 0 ? new FormattedText(html, []) : new HtmlParser(html).Run();

    private FormattedText Run()
    {
        while (_at < _html.Length)
        {
            var c = _html[_at];
            if (c == '<')
                ReadTag();
            else if (c == '&' && TryReadReference(out var rune))
                AppendScalar(rune);
            else
            {
                _plain.Append(c);
                _at++;
            }
        }

        if (_open.Count > 0)
            throw Wrong($"Can't find end tag corresponding to start tag \"{_open[^1].Name}\"");

        var text = _plain.ToString();
        if (Scalars.HasLoneSurrogate(text))
            throw Wrong("Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units");

        for (var i = 0; i < _entities.Count; i++)
            if (_entities[i] is { Type: "code", Language: not null } code)
                _entities[i] = code with { Language = null };

        _entities.Sort(EntityOrder.Instance);
        return new FormattedText(text, _entities);
    }

    private void AppendScalar(int value)
    {
        if (value > 0xFFFF)
            _plain.Append(char.ConvertFromUtf32(value));
        else
            _plain.Append((char)value);
    }

    private char Current => _at < _html.Length ? _html[_at] : '\0';

    private void ReadTag()
    {
        var begin = _at++;
        if (Current == '/')
            ReadEndTag(begin);
        else
            ReadStartTag(begin);
    }

    private void ReadStartTag(int begin)
    {
        while (_at < _html.Length && !IsSpace(Current) && Current != '>')
            _at++;
        if (_at >= _html.Length)
            throw Wrong($"Unclosed start tag at byte offset {Bytes(begin)}");

        var name = Lower(_html.AsSpan(begin + 1, _at - begin - 1));
        if (!IsSupported(name))
            throw Wrong($"Unsupported start tag \"{name}\" at byte offset {Bytes(begin)}");

        var argument = "";
        while (Current != '>')
        {
            SkipSpaces();
            if (Current == '>')
                break;

            var nameStart = _at;
            while (_at < _html.Length && !IsSpace(Current) && Current is not ('=' or '>' or '/' or '"' or '\''))
                _at++;
            var attribute = _html[nameStart.._at];
            if (attribute.Length == 0)
                throw Wrong(_at >= _html.Length
                    ? $"Unclosed start tag at byte offset {Bytes(begin)}"
                    : $"Empty attribute name in the tag \"{name}\" at byte offset {Bytes(begin)}");

            SkipSpaces();
            if (Current != '=')
            {
                if (_at >= _html.Length)
                    throw Wrong($"Unclosed start tag \"{name}\" at byte offset {Bytes(begin)}");
                if (name != "blockquote" || attribute != "expandable")
                    throw Wrong($"Expected equal sign in declaration of an attribute of the tag \"{name}\" at byte offset {Bytes(begin)}");
                argument = "expandable";
                continue;
            }

            _at++;
            SkipSpaces();
            if (_at >= _html.Length)
                throw Wrong($"Unclosed start tag \"{name}\" at byte offset {Bytes(begin)}");

            var value = ReadAttributeValue();
            if (_at >= _html.Length)
                throw Wrong($"Unclosed start tag at byte offset {Bytes(begin)}");

            argument = (name, attribute) switch
            {
                ("a", "href") or ("tg-emoji", "emoji-id") => value,
                ("code", "class") when value.StartsWith("language-", StringComparison.Ordinal) => value[9..],
                ("span", "class") when value.StartsWith("tg-", StringComparison.Ordinal) => value[3..],
                ("blockquote", "expandable") => "expandable",
                _ => argument,
            };
        }

        if (name == "span" && argument != "spoiler")
            throw Wrong($"Tag \"span\" must have class \"tg-spoiler\" at byte offset {Bytes(begin)}");

        _at++;
        _open.Add(new OpenTag(name, argument, _plain.Length));
    }

    private string ReadAttributeValue()
    {
        if (Current is not ('\'' or '"'))
        {
            var start = _at;
            while (char.IsAsciiLetterOrDigit(Current) || Current is '.' or '-')
                _at++;
            if (_at < _html.Length && !IsSpace(Current) && Current != '>')
                throw Wrong($"Unexpected end of name token at byte offset {Bytes(start)}");
            return Lower(_html.AsSpan(start, _at - start));
        }

        var quote = _html[_at++];
        var value = new StringBuilder();
        while (_at < _html.Length && Current != quote)
        {
            if (Current == '&' && TryReadReference(out var scalar))
                value.Append(scalar is >= 0xD800 and <= 0xDFFF ? "\uFFFD" : char.ConvertFromUtf32(scalar));
            else
                value.Append(_html[_at++]);
        }

        _at++;
        return value.ToString();
    }

    private void ReadEndTag(int begin)
    {
        if (_open.Count == 0)
            throw Wrong($"Unexpected end tag at byte offset {Bytes(begin)}");

        while (_at < _html.Length && !IsSpace(Current) && Current != '>')
            _at++;
        var name = Lower(_html.AsSpan(begin + 2, _at - begin - 2));
        SkipSpaces();
        if (Current != '>')
            throw Wrong($"Unclosed end tag at byte offset {Bytes(begin)}");

        var tag = _open[^1];
        if (name.Length > 0 && name != tag.Name)
            throw Wrong($"Unmatched end tag at byte offset {Bytes(begin)}, expected \"</{tag.Name}>\", found \"</{name}>\"");

        _at++;
        _open.RemoveAt(_open.Count - 1);
        var length = _plain.Length - tag.Start;
        if (length > 0)
            Close(tag, length);
    }

    private void Close(OpenTag tag, int length)
    {
        var last = _entities.Count > 0 ? _entities[^1] : null;
        var sameRange = last is not null && last.Offset == tag.Start && last.Length == length;
        switch (tag.Name)
        {
            case "b" or "strong": Add("bold"); break;
            case "i" or "em": Add("italic"); break;
            case "u" or "ins": Add("underline"); break;
            case "s" or "strike" or "del": Add("strikethrough"); break;
            case "tg-spoiler" or "span": Add("spoiler"); break;
            case "blockquote": Add(tag.Argument.Length > 0 ? "expandable_blockquote" : "blockquote"); break;
            case "pre" when sameRange && last is { Type: "code", Language: not null }:
                _entities[^1] = last with { Type = "pre" };
                break;
            case "pre": Add("pre"); break;
            case "code" when sameRange && last is { Type: "pre" } && tag.Argument.Length > 0:
                _entities[^1] = last with { Language = tag.Argument };
                break;
            case "code":
                _entities.Add(new TextEntity("code", tag.Start, length) { Language = tag.Argument.Length > 0 ? tag.Argument : null });
                break;
            case "tg-emoji":
                if (!long.TryParse(tag.Argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var emoji) || emoji == 0)
                    throw Wrong("Invalid custom emoji identifier specified");
                _entities.Add(new TextEntity("custom_emoji", tag.Start, length) { CustomEmojiId = tag.Argument });
                break;
            case "a":
                AddLink(tag, length);
                break;
        }

        void Add(string type) => _entities.Add(new TextEntity(type, tag.Start, length));
    }

    private void AddLink(OpenTag tag, int length)
    {
        var url = tag.Argument.Length > 0 ? tag.Argument : _plain.ToString(tag.Start, length);
        if (Links.UserOf(url) is { } user)
            _entities.Add(new TextEntity("text_mention", tag.Start, length) { UserId = user });
        else if (Links.Check(url, out var full) is null)
            _entities.Add(new TextEntity("text_link", tag.Start, length) { Url = full });
    }

    private bool TryReadReference(out int value)
    {
        value = 0;
        var end = _at + 1;
        if (end < _html.Length && _html[end] == '#')
        {
            end++;
            var hex = end < _html.Length && _html[end] == 'x';
            if (hex)
                end++;
            long number = 0;
            while (end < _html.Length && (hex ? char.IsAsciiHexDigit(_html[end]) : char.IsAsciiDigit(_html[end])) && number < int.MaxValue)
                number = (number * (hex ? 16 : 10)) + Convert.ToInt32(_html[end++].ToString(), 16);
            if (number is 0 or >= 0x10FFFF || end - _at >= 10)
                return false;
            value = (int)number;
        }
        else
        {
            while (end < _html.Length && char.IsAsciiLetter(_html[end]))
                end++;
            value = _html.AsSpan(_at + 1, end - _at - 1) switch
            {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                _ => 0,
            };
            if (value == 0)
                return false;
        }

        _at = end < _html.Length && _html[end] == ';' ? end + 1 : end;
        return true;
    }

    private void SkipSpaces()
    {
        while (_at < _html.Length && IsSpace(Current))
            _at++;
    }

    private int Bytes(int position) => Encoding.UTF8.GetByteCount(_html.AsSpan(0, position));

    private static bool IsSupported(string name) => name is "a" or "b" or "strong" or "i" or "em" or "s" or "strike" or "del" or "u" or "ins"
        or "tg-spoiler" or "tg-emoji" or "span" or "pre" or "code" or "blockquote";

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n' or '\v' or '\0';

    // Only ASCII letters are lowered: a tag name in capitals of another script must be reported as it was written.
    private static string Lower(ReadOnlySpan<char> text)
    {
        var lowered = new StringBuilder(text.Length);
        foreach (var c in text)
            lowered.Append(char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c);
        return lowered.ToString();
    }

    private static ApiFailure Wrong(string problem) => ApiFailure.BadRequest("can't parse entities: " + problem);

    private sealed record OpenTag(string Name, string Argument, int Start);
}

/// <summary>Outer entities first, as Telegram lists them.</summary>
internal sealed class EntityOrder : IComparer<TextEntity>
{
    public static readonly EntityOrder Instance = new();

    public int Compare(TextEntity? x, TextEntity? y)
    {
        if (x is null || y is null)
            return x is null ? y is null ? 0 : -1 : 1;
        var byOffset = x.Offset.CompareTo(y.Offset);
        if (byOffset != 0)
            return byOffset;
        var byLength = y.Length.CompareTo(x.Length);
        return byLength != 0 ? byLength : Rank(x.Type).CompareTo(Rank(y.Type));
    }

    private static int Rank(string type) => type switch
    {
        "blockquote" or "expandable_blockquote" => 0,
        "bold" => 2,
        "italic" => 3,
        "underline" => 4,
        "strikethrough" => 5,
        "spoiler" => 6,
        "pre" => 7,
        "code" => 8,
        _ => 1,
    };
}
