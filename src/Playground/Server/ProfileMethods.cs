namespace MarketBot.Playground;

/// <summary>getMe, the command menu and the descriptions.</summary>
internal sealed class ProfileMethods(TelegramWorld world)
{
    private const int MaxCommands = 100;

    public byte[] GetMe(Parameters parameters) => TelegramJson.Bytes(world, static (w, x) =>
    {
        w.WriteStartObject();
        w.WriteNumber("id", x.BotId);
        w.WriteBoolean("is_bot", true);
        w.WriteString("first_name", x.Options.BotName);
        w.WriteString("username", x.Options.BotUsername);
        w.WriteBoolean("can_join_groups", true);
        w.WriteBoolean("can_read_all_group_messages", false);
        w.WriteBoolean("supports_inline_queries", false);
        w.WriteBoolean("can_connect_to_business", false);
        w.WriteBoolean("has_main_web_app", false);
        w.WriteEndObject();
    });

    public byte[] SetMyCommands(Parameters parameters)
    {
        var commands = ReadCommands(parameters);
        world.Profile.SetCommands(Scope(parameters), Language(parameters), commands);
        world.NotifyProfile();
        return TelegramJson.True;
    }

    public byte[] GetMyCommands(Parameters parameters) =>
        TelegramJson.Bytes(world.Profile.Commands(Scope(parameters), Language(parameters)), static (w, commands) =>
    {
        w.WriteStartArray();
        foreach (var (command, description) in commands)
        {
            w.WriteStartObject();
            w.WriteString("command", command);
            w.WriteString("description", description);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    });

    public byte[] DeleteMyCommands(Parameters parameters)
    {
        world.Profile.SetCommands(Scope(parameters), Language(parameters), []);
        world.NotifyProfile();
        return TelegramJson.True;
    }

    // Telegram's answer to texts that are too long is not documented and was not measured.
    public byte[] SetMyDescription(Parameters parameters)
    {
        var text = parameters["description"];
        world.Profile.SetDescription(Language(parameters), text.Length <= 512 ? text : throw ApiFailure.BadRequest("BOT_DESCRIPTION_TOO_LONG"));
        return TelegramJson.True;
    }

    public byte[] GetMyDescription(Parameters parameters) => TelegramJson.Bytes(world.Profile.Description(Language(parameters)), static (w, text) =>
    {
        w.WriteStartObject();
        w.WriteString("description", text);
        w.WriteEndObject();
    });

    public byte[] SetMyShortDescription(Parameters parameters)
    {
        var text = parameters["short_description"];
        world.Profile.SetShortDescription(Language(parameters), text.Length <= 120 ? text : throw ApiFailure.BadRequest("BOT_SHORT_DESCRIPTION_TOO_LONG"));
        return TelegramJson.True;
    }

    public byte[] GetMyShortDescription(Parameters parameters) => TelegramJson.Bytes(world.Profile.ShortDescription(Language(parameters)), static (w, text) =>
    {
        w.WriteStartObject();
        w.WriteString("short_description", text);
        w.WriteEndObject();
    });

    private static List<BotCommand> ReadCommands(Parameters parameters)
    {
        if (parameters.Json("commands", "commands") is not { } json)
            return [];
        if (json.ValueKind != JsonValueKind.Array)
            throw ApiFailure.BadRequest("expected an Array of BotCommand");
        try
        {
            var commands = new List<BotCommand>();
            foreach (var item in json.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object)
                    throw new FieldProblem("expected an Object");
                commands.Add(ReadCommand(item.RequiredString("command").Trim(), item.RequiredString("description").Trim()));
            }

            return commands.Count <= MaxCommands ? commands : throw ApiFailure.BadRequest("BOT_COMMANDS_TOO_MUCH");
        }
        catch (FieldProblem problem)
        {
            throw problem.ToFailure("can't parse BotCommand");
        }
    }

    private static BotCommand ReadCommand(string command, string description)
    {
        command = command.StartsWith('/') ? command[1..] : command;
        if (command.Length == 0)
            throw ApiFailure.BadRequest("command must be non-empty");
        if (Characters(command) > 32)
            throw ApiFailure.BadRequest("command length must not exceed 32");
        if (description.Length == 0)
            throw ApiFailure.BadRequest("command description must be non-empty");
        if (Characters(description) > 256)
            throw ApiFailure.BadRequest("command description length must not exceed 256");
        return command.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            ? new BotCommand(command, description)
            : throw ApiFailure.BadRequest("BOT_COMMAND_INVALID");
    }

    private static int Characters(string text) => Encoding.UTF32.GetByteCount(text) / 4;

    private static string Language(Parameters parameters)
    {
        var language = parameters["language_code"];
        return language.Length == 0 || (language.Length == 2 && language.All(char.IsAsciiLetterLower))
            ? language
            : throw ApiFailure.BadRequest("invalid language code specified");
    }

    private string Scope(Parameters parameters)
    {
        if (parameters.Json("scope", "BotCommandScope") is not { } json)
            return "default";
        try
        {
            if (json.ValueKind != JsonValueKind.Object)
                throw new FieldProblem("BotCommandScope must be an Object");
            var type = json.RequiredString("type");
            return type switch
            {
                "default" or "all_private_chats" or "all_group_chats" or "all_chat_administrators" => type,
                "chat" or "chat_administrators" => $"{type}:{ScopeChat(json)}",
                "chat_member" => string.Create(CultureInfo.InvariantCulture, $"chat_member:{ScopeChat(json)}:{ScopeUser(json)}"),
                _ => throw new FieldProblem("Unsupported type specified"),
            };
        }
        catch (FieldProblem problem)
        {
            throw problem.ToFailure("can't parse BotCommandScope");
        }
    }

    private long ScopeChat(JsonElement json)
    {
        var text = json.RequiredString("chat_id");
        if (text.Length == 0)
            throw ApiFailure.BadRequest("chat_id is empty");
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) && world.FindChat(id) is not null
            ? id
            : throw ApiFailure.BadRequest("chat not found");
    }

    private static long ScopeUser(JsonElement json) =>
        json.RequiredLong("user_id") is > 0 and var id ? id : throw new FieldProblem("Invalid user_id specified");
}
