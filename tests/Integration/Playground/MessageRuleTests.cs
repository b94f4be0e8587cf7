using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Playground;

public class MessageRuleTests
{
    [Theory]
    [InlineData("", "chat_id is empty")]
    [InlineData("5", "chat not found")]
    [InlineData("-1", "chat not found")]
    [InlineData("@nobody", "chat not found")]
    [InlineData("not_a_chat", "chat not found")]
    public async Task An_unknown_chat_is_refused(string chat, string problem)
    {
        await using var bot = await RawBot.Start();

        var reply = await bot.Call("sendMessage", new { chat_id = chat, text = "x" });

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Fact]
    public async Task Who_never_wrote_cannot_be_written_to()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.World.AddPerson(17, "Anna");

        var reply = await bot.Send(anna, "hi");

        Assert.Equal("403 Forbidden: bot can't initiate conversation with a user", reply.Error);
    }

    [Fact]
    public async Task Who_blocked_the_bot_cannot_be_written_to_until_they_unblock_it()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        anna.Block();

        var blocked = await bot.Send(anna, "hi");
        anna.Send("/start");
        var back = await bot.Send(anna, "hi");
        var kinds = await bot.Call("getUpdates");

        Assert.Equal("403 Forbidden: bot was blocked by the user", blocked.Error);
        Assert.True(back.Ok);
        Assert.Equal(["kicked", "member"], kinds.Result.EnumerateArray().Where(u => u.TryGetProperty("my_chat_member", out _))
            .Select(u => u.GetProperty("my_chat_member").GetProperty("new_chat_member").GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_deleted_account_cannot_be_written_to()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        anna.Deactivate();

        var reply = await bot.Send(anna, "hi");

        Assert.Equal("403 Forbidden: user is deactivated", reply.Error);
    }

    [Fact]
    public async Task A_group_that_threw_the_bot_out_or_moved_says_so()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        var left = bot.World.AddGroup(-5, "Left");
        var moved = bot.World.AddGroup(-6, "Moved");
        left.KickBot(anna);
        moved.UpgradeToSupergroup(-1001234567890);

        var kicked = await bot.Call("sendMessage", new { chat_id = -5, text = "x" });
        var migrated = await bot.Call("sendMessage", new { chat_id = -6, text = "x" });

        Assert.Equal("403 Forbidden: bot was kicked from the group chat", kicked.Error);
        Assert.Equal("400 Bad Request: group chat was upgraded to a supergroup chat", migrated.Error);
        Assert.Equal(-1001234567890, migrated.Json.GetProperty("parameters").GetProperty("migrate_to_chat_id").GetInt64());
    }

    [Fact]
    public async Task Callback_data_has_at_most_64_bytes()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var fits = await bot.Send(anna, "x", RawBot.Keyboard(("ok", new string('ж', 32))));
        var tooLong = await bot.Send(anna, "x", RawBot.Keyboard(("ok", new string('ж', 32) + "x")));

        Assert.True(fits.Ok);
        Assert.Equal("400 Bad Request: BUTTON_DATA_INVALID", tooLong.Error);
    }

    [Theory]
    [InlineData("""{"text":"x"}""", "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")]
    [InlineData("""{"text":"x","callback_data":""}""", "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")]
    [InlineData("""{"callback_data":"x"}""", "can't parse inline keyboard button: Can't find field \"text\"")]
    [InlineData("""{"text":"x","url":"not-a-url"}""", "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL")]
    [InlineData("""{"text":"x","url":"ftp://example.com"}""", "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol")]
    [InlineData(
        """{"text":"x","web_app":{"url":"http://example.com"}}""",
        "inline keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed")]
    [InlineData("""{"text":"x","copy_text":{"text":""}}""", "BUTTON_COPY_TEXT_INVALID")]
    [InlineData("""{"text":"x","pay":true}""", "BUTTON_TYPE_INVALID")]
    public async Task A_button_must_be_complete(string button, string problem)
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var reply = await bot.Get($"sendMessage?chat_id={anna.Id}&text=x&reply_markup={Uri.EscapeDataString($$"""{"inline_keyboard":[[{{button}}]]}""")}");

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Fact]
    public async Task A_keyboard_must_be_an_array_of_arrays()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var flat = await bot.Send(anna, "x", new { inline_keyboard = new[] { new { text = "x", callback_data = "x" } } });
        var text = await bot.Send(anna, "x", new { inline_keyboard = "bad" });

        Assert.Equal("400 Bad Request: field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays", flat.Error);
        Assert.Equal("400 Bad Request: field \"inline_keyboard\" must be of type Array", text.Error);
    }

    [Fact]
    public async Task A_hundred_buttons_fit_and_one_more_does_not_and_a_row_shows_eight()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        static object Rows(int count, int perRow) => new
        {
            inline_keyboard = Enumerable.Range(0, count).Chunk(perRow).Select(row => row.Select(i => new { text = $"{i}", callback_data = $"{i}" })),
        };

        var hundred = await bot.Send(anna, "x", Rows(100, 5));
        var more = await bot.Send(anna, "x", Rows(101, 5));
        await bot.Send(anna, "x", Rows(9, 9));

        Assert.True(hundred.Ok);
        Assert.Equal("400 Bad Request: reply markup is too long", more.Error);
        Assert.Equal(8, anna.Chat.Last.Buttons.Count());
    }

    [Fact]
    public async Task An_edit_changes_the_message_in_place()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        await bot.Send(anna, "one", RawBot.Keyboard(("a", "1")));
        var message = anna.Chat.Last;

        var reply = await bot.Edit(message, "two");

        Assert.Equal(message.Id, reply.Result.GetProperty("message_id").GetInt32());
        Assert.True(reply.Result.TryGetProperty("edit_date", out _));
        Assert.Equal("two", message.Text);
        Assert.Empty(message.Buttons);
        Assert.Equal(1, message.Edits);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_refused_and_is_no_violation()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        await bot.Send(anna, "one", RawBot.Keyboard(("a", "1")));

        var text = await bot.Edit(anna.Chat.Last, " one ", RawBot.Keyboard(("a", "1")));
        var keyboard =
            await bot.Call("editMessageReplyMarkup", new { chat_id = anna.Id, message_id = anna.Chat.Last.Id, reply_markup = RawBot.Keyboard(("a", "1")) });

        const string Problem =
            "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply "
            + "markup of the message";
        Assert.Equal(Problem, text.Error);
        Assert.Equal(Problem, keyboard.Error);
        Assert.Empty(bot.World.Violations);
    }

    [Fact]
    public async Task Only_own_texts_that_are_there_can_be_edited()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        var invoice = await bot.Call(
            "sendInvoice",
            new { chat_id = anna.Id, title = "T", description = "D", payload = "p", currency = "XTR", prices = new[] { new { label = "x", amount = 5 } } });

        var gone = await bot.Call("editMessageText", new { chat_id = anna.Id, message_id = 999_999, text = "x" });
        var foreign = await bot.Edit(anna.Chat.Messages[0], "x");
        var noText = await bot.Call("editMessageText", new { chat_id = anna.Id, message_id = invoice.Result.GetProperty("message_id").GetInt32(), text = "x" });
        var nothing = await bot.Call("editMessageText", new { text = "x" });

        Assert.Equal("400 Bad Request: message to edit not found", gone.Error);
        Assert.Equal("400 Bad Request: message can't be edited", foreign.Error);
        Assert.Equal("400 Bad Request: there is no text in the message to edit", noText.Error);
        Assert.Equal("400 Bad Request: message identifier is not specified", nothing.Error);
    }

    [Fact]
    public async Task Messages_of_both_sides_can_be_deleted_in_a_private_chat_for_48_hours()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time });
        var anna = bot.Somebody();
        var secret = anna.Send("my key");
        var old = anna.Send("old");

        var deleted = await bot.Call("deleteMessage", new { chat_id = anna.Id, message_id = secret.Id });
        var again = await bot.Call("deleteMessage", new { chat_id = anna.Id, message_id = secret.Id });
        time.Advance(TimeSpan.FromHours(48) + TimeSpan.FromSeconds(1));
        var late = await bot.Call("deleteMessage", new { chat_id = anna.Id, message_id = old.Id });

        Assert.True(deleted.Ok);
        Assert.True(secret.IsDeleted);
        Assert.Same(secret, Assert.Single(anna.Chat.DeletedMessages));
        Assert.Equal("400 Bad Request: message to delete not found", again.Error);
        Assert.Equal("400 Bad Request: message can't be deleted for everyone", late.Error);
    }

    [Fact]
    public async Task Deleting_needs_both_ids()
    {
        await using var bot = await RawBot.Start();

        var noChat = await bot.Call("deleteMessage", new { message_id = 5 });
        var noMessage = await bot.Call("deleteMessage", new { chat_id = 5 });

        Assert.Equal("400 Bad Request: chat identifier is not specified", noChat.Error);
        Assert.Equal("400 Bad Request: message identifier is not specified", noMessage.Error);
    }

    [Fact]
    public async Task A_chat_action_shows_for_five_seconds_and_must_exist()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time });
        var anna = bot.Somebody();

        var wrong = await bot.Call("sendChatAction", new { chat_id = anna.Id, action = "dancing" });
        await bot.Call("sendChatAction", new { chat_id = anna.Id, action = "typing" });
        var during = anna.Chat.Action;
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("400 Bad Request: wrong parameter action in request", wrong.Error);
        Assert.Equal("typing", during);
        Assert.Null(anna.Chat.Action);
    }

    [Fact]
    public async Task An_answer_to_a_missing_message_is_refused()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        var reply = await bot.Call("sendMessage", new { chat_id = anna.Id, text = "x", reply_parameters = new { message_id = 99_999 } });

        Assert.Equal("400 Bad Request: message to be replied not found", reply.Error);
    }
}
