using System.CommandLine;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>The command line <c>marketbot</c>. Exit codes: 0 done, 1 an unexpected error, 2 something the operator has to mend.</summary>
internal sealed class CommandTree(TextWriter writer, TextWriter errors, TextReader input)
{
    private const int Unexpected = 1;
    private const int WrongUse = 2;
    private const int LongestWord = 16;

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON instead of a table", Recursive = true };

    /// <summary>Runs a command line.</summary>
    /// <param name="args">Arguments with a colon in their name, such as <c>--Bot:PageSize 7</c>, are configuration; all others are the command.</param>
    /// <param name="ct">Cancels a command that goes on.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> Run(string[] args, CancellationToken ct)
    {
        var (command, configuration) = Split(args);
        var parsed = Build(configuration).Parse(command);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await errors.WriteLineAsync(Without(parsed.UnmatchedTokens, error.Message));
            await errors.WriteLineAsync("See marketbot --help.");
            return WrongUse;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = writer, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, ct);
        }
        catch (OperatorException mend)
        {
            await errors.WriteLineAsync(mend.Message);
            return WrongUse;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"Unexpected error: {failure}");
            return Unexpected;
        }
    }

    /// <summary>
    /// Names an argument in the wrong place. It may be a token or a connection string: of an option only the name is shown, of other words only what can be a
    /// command.
    /// </summary>
    private static string Without(IReadOnlyList<string> unmatched, string message)
    {
        foreach (var token in unmatched.OrderByDescending(token => token.Length))
        {
            var shown = token.StartsWith('-') ? token.Split('=')[0] : token.Length <= LongestWord && token.All(char.IsAsciiLetterLower) ? token : "...";
            message = message.Replace($"'{token}'", $"'{shown}'", StringComparison.Ordinal);
        }

        return message;
    }

    private RootCommand Build(string[] configuration)
    {
        Settings Load() => Settings.Load(configuration);

        var root = new RootCommand(
            "MarketBot: a Telegram bot for the sellers and admins of a marketplace. Configuration keys may follow any command: --Telegram:Token 123:abc")
        {
            _json,
        };
        var run = new Command("run", "Run the bot (the default); without Telegram:Token, with the Playground");
        run.SetAction((_, ct) => RunCommand.Run(Load(), writer, ct));
        root.SetAction((_, ct) => RunCommand.Run(Load(), writer, ct));
        root.Add(run);

        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1", DefaultValueFactory = _ => 5080 };
        var strict = new Option<bool>("--strict-limits") { Description = "Also Telegram's flood limits" };
        var playground = new Command("playground", "Run the Playground alone: a local Bot API server for any bot, with its chat page") { port, strict };
        playground.SetAction((parsed, ct) => RunCommand.Playground(Load(), parsed.GetValue(port), parsed.GetValue(strict), writer, ct));
        root.Add(playground);

        var doctor = new Command(
            "doctor", "Check the database, the accounts and the Bot API, and say how to mend what is wrong; changes nothing. Exit code 1: warnings, 2: errors");
        doctor.SetAction((parsed, ct) => DoctorCommand.Run(Load(), Out(parsed), ct));
        root.Add(doctor);

        var upgrade = new Command("upgrade", "Create what is missing in the database and apply what is new");
        upgrade.SetAction((parsed, ct) => AdministrationCommands.UpgradeDatabase(Load(), Out(parsed), ct));
        root.Add(new Command("db", "The database") { upgrade });

        var file = new Argument<string>("FILE") { Description = "The file to make; must not exist" };
        var backup = new Command("backup", "Copy the SQLite database into a file, while it is in use") { file };
        backup.SetAction((parsed, _) => AdministrationCommands.Backup(Load(), parsed.GetValue(file)!, Out(parsed)));
        root.Add(backup);

        root.Add(Shops(Load));
        root.Add(Accounts(Load));
        root.Add(Users(Load));
        root.Add(Inbox(Load));
        root.Add(Outbox(Load));
        return root;
    }

    private Command Shops(Func<Settings> load)
    {
        var list = new Command("list", "List all shops");
        list.SetAction((parsed, ct) => AdministrationCommands.ListShops(load(), Out(parsed), ct));

        var name = new Option<string>("--name") { Description = "Name, up to 50 characters", Required = true };
        var key = new Option<string?>("--key") { Description = "API key, up to 50 characters; asked for on standard input when left out" };
        var slug = new Option<string?>("--slug") { Description = "Unique part of a URL" };
        var client = new Option<string>("--client-id") { Description = "Up to 8 characters", DefaultValueFactory = _ => "" };
        var vendor = new Option<string>("--vendor") { Description = "Name of the vendor", DefaultValueFactory = _ => "" };
        var active = new Option<bool>("--active") { Description = "Switched on from the start" };
        var prices = new Option<bool>("--price-updating") { Description = "Price updating from the start" };
        var add = new Command("add", "Add a shop") { name, key, slug, client, vendor, active, prices };
        add.SetAction((parsed, ct) => AdministrationCommands.AddShop(
            load(),
            new ShopLine(
                parsed.GetValue(name)!, parsed.GetValue(key) ?? ReadSecret("API key: "), parsed.GetValue(slug), parsed.GetValue(client)!,
                parsed.GetValue(vendor)!,
                parsed.GetValue(active), parsed.GetValue(prices)),
            Out(parsed),
            ct));

        var file = new Argument<string>("FILE.csv")
        {
            Description = "Columns: name, api_key, slug, client_id, vendor_name, is_active, price_updating; the first line names them",
        };
        var import = new Command("import", "Add all shops of a CSV file, or none") { file };
        import.SetAction((parsed, ct) => AdministrationCommands.ImportShops(load(), parsed.GetValue(file)!, Out(parsed), errors, ct));
        return new Command("shops", "The shops") { list, add, import };
    }

    private Command Accounts(Func<Settings> load)
    {
        var list = new Command("list", "List the marketplace accounts");
        list.SetAction((parsed, ct) => AdministrationCommands.ListAccounts(load(), Out(parsed), ct));

        var username = new Argument<string>("USERNAME");
        var password = new Option<string?>("--password") { Description = "Asked for on standard input when left out" };
        var add = new Command("add", "Add an admin's account") { username, password };
        add.SetAction((parsed, ct) => AdministrationCommands.AddAccount(
            load(), parsed.GetValue(username)!, parsed.GetValue(password) ?? ReadSecret("Password: "), Out(parsed), ct));
        var set = new Command("set-password", "Replace a password; logins made with the old one end") { username, password };
        set.SetAction((parsed, ct) => AdministrationCommands.SetPassword(
            load(), parsed.GetValue(username)!, parsed.GetValue(password) ?? ReadSecret("Password: "), Out(parsed), ct));
        return new Command("accounts", "The admins' accounts") { list, add, set };
    }

    private Command Users(Func<Settings> load)
    {
        var person = new Argument<long>("TELEGRAM-ID") { Description = "The person" };
        var users = new Command("users", "The registered people");
        Command ForPerson(string name, string description, Func<Settings, TelegramId, Output, CancellationToken, Task<int>> act)
        {
            var command = new Command(name, description) { person };
            command.SetAction((parsed, ct) => act(load(), new TelegramId(parsed.GetValue(person)), Out(parsed), ct));
            return command;
        }

        var list = new Command("list", "List the registered people");
        list.SetAction((parsed, ct) => AdministrationCommands.ListUsers(load(), Out(parsed), ct));
        users.Add(list);
        users.Add(ForPerson("show", "Show a person and their shops", AdministrationCommands.ShowUser));
        users.Add(ForPerson("ban", "Ban a person", (s, id, output, ct) => AdministrationCommands.Ban(s, id, ban: true, output, ct)));
        users.Add(ForPerson("unban", "Lift a ban", (s, id, output, ct) => AdministrationCommands.Ban(s, id, ban: false, output, ct)));
        users.Add(ForPerson("activate", "Start a subscription", (s, id, output, ct) => AdministrationCommands.Activate(s, id, activate: true, output, ct)));
        users.Add(ForPerson("deactivate", "End a subscription", (s, id, output, ct) => AdministrationCommands.Activate(s, id, activate: false, output, ct)));
        users.Add(ForPerson("erase", "Remove a person and everything kept about them", AdministrationCommands.Erase));

        var shop = new Argument<long>("SHOP-ID") { Description = "The shop" };
        var unbind = new Command("unbind", "Revoke a person's binding to a shop") { person, shop };
        unbind.SetAction((parsed, ct) => AdministrationCommands.Unbind(
            load(), new TelegramId(parsed.GetValue(person)), new ShopId(parsed.GetValue(shop)), Out(parsed), ct));
        users.Add(unbind);
        return users;
    }

    private Command Inbox(Func<Settings> load)
    {
        var id = new Argument<long>("ID") { Description = "As listed" };
        var list = new Command("list", "List what waits and what was given up");
        list.SetAction((parsed, ct) => DeliveryCommands.ListInbox(load(), Out(parsed), ct));
        var show = new Command("show", "Show an update; texts are hidden") { id };
        show.SetAction((parsed, ct) => DeliveryCommands.ShowUpdate(load(), parsed.GetValue(id), Out(parsed), ct));
        var replay = new Command("replay", "Handle a dead letter again, after everything that waits") { id };
        replay.SetAction((parsed, ct) => DeliveryCommands.Replay(load(), parsed.GetValue(id), Out(parsed), errors, ct));
        var drop = new Command("drop", "End an update unhandled") { id };
        drop.SetAction((parsed, ct) => DeliveryCommands.DropUpdate(load(), parsed.GetValue(id), Out(parsed), ct));
        return new Command("inbox", "Updates from Telegram that are not done") { list, show, replay, drop };
    }

    private Command Outbox(Func<Settings> load)
    {
        var id = new Argument<long>("ID") { Description = "As listed" };
        var list = new Command("list", "List what has not arrived");
        list.SetAction((parsed, ct) => DeliveryCommands.ListOutbox(load(), Out(parsed), ct));
        var retry = new Command("retry", "Send a message now, given up or not") { id };
        retry.SetAction((parsed, ct) => DeliveryCommands.Retry(load(), parsed.GetValue(id), Out(parsed), ct));
        var drop = new Command("drop", "Remove a message unsent") { id };
        drop.SetAction((parsed, ct) => DeliveryCommands.DropMessage(load(), parsed.GetValue(id), Out(parsed), ct));
        return new Command("outbox", "Messages to people that have not arrived") { list, retry, drop };
    }

    private Output Out(ParseResult parsed) => new(writer, parsed.GetValue(_json));

    private string ReadSecret(string prompt)
    {
        errors.Write(prompt);
        return (Console.IsInputRedirected || !ReferenceEquals(input, Console.In) ? input.ReadLine() : ReadUnseen())
            ?? throw new OperatorException("Nothing was typed.");
    }

    /// <summary>Reads a line from the terminal without showing it.</summary>
    private string? ReadUnseen()
    {
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        errors.WriteLine();
        return typed.Length > 0 ? typed.ToString() : null;
    }

    /// <summary>Configuration keys have a colon in their name; their value may stand behind <c>=</c> or in the next argument.</summary>
    private static (string[] Command, string[] Configuration) Split(string[] args)
    {
        var command = new List<string>();
        var configuration = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].Split('=')[0];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !name.Contains(':', StringComparison.Ordinal))
            {
                command.Add(args[i]);
                continue;
            }

            configuration.Add(args[i]);
            if (name == args[i] && i + 1 < args.Length)
                configuration.Add(args[++i]);
        }

        return ([.. command], [.. configuration]);
    }
}
