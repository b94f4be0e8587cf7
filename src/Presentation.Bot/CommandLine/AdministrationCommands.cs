using MarketBot.Application.Administration;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>A shop as the command line or a CSV file gives it.</summary>
internal sealed record ShopLine(string Name, string Key, string? Slug, string ClientId, string Vendor, bool IsActive, bool PriceUpdating)
{
    /// <summary>The shop to be added.</summary>
    public NewShop ToNewShop() => new(Name, new Secret(Key), Slug, ClientId, Vendor, IsActive, PriceUpdating);
}

/// <summary>The commands that administer a marketplace: each sends requests as the operator.</summary>
internal static class AdministrationCommands
{
    internal const int Stretch = 500;
    private const int Failed = 2;

    private static readonly (string, Func<ShopDetails, object?>)[] ShopColumns =
    [
        ("ID", s => s.Id), ("NAME", s => s.Name), ("SLUG", s => s.Slug), ("CLIENT", s => s.ClientId), ("VENDOR", s => s.VendorName),
        ("ACTIVE", s => s.IsActive), ("PRICES", s => s.PriceUpdating),
    ];

    private static readonly (string, Func<UserDetails, object?>)[] UserColumns =
    [
        ("TELEGRAM ID", u => u.TelegramId), ("NAME", u => $"{u.FirstName} {u.LastName}".Trim()), ("USERNAME", u => u.Username), ("ROLE", u => u.Role),
        ("SINCE", u => u.CreatedAt), ("BANNED", u => u.IsBanned), ("ACTIVE", u => u.IsActive), ("SIGNED OUT", u => u.IsLoggedOut),
    ];

    public static async Task<int> UpgradeDatabase(Settings settings, Output output, CancellationToken ct)
    {
        await using var services = await Composition.BuildForCommand(settings, ct);
        output.Done("The database is up to date.");
        return 0;
    }

    public static async Task<int> Backup(Settings settings, string file, Output output)
    {
        await using var services = Composition.BuildUntouched(settings);
        output.Done($"Copied {await Composition.Backup(services, file)} to {file}.");
        return 0;
    }

    public static Task<int> ListShops(Settings settings, Output output, CancellationToken ct) => AsOperator(settings, async operations =>
        output.Rows(await All<ShopDetails>(last => operations.Send(new ListAllShops(last?.Id ?? default, Stretch), ct)), ShopColumns), ct);

    public static Task<int> AddShop(Settings settings, ShopLine shop, Output output, CancellationToken ct) => AsOwner(settings, async operations =>
    {
        var import = await operations.Send(new AddShops([shop.ToNewShop()]), ct);
        if (import.Errors is [var first, ..])
            throw new OperatorException($"{first.Field}: {OperatorRequests.Say(first.Reason)}");
        output.Done($"Added {shop.Name}.");
    }, ct);

    public static async Task<int> ImportShops(Settings settings, string file, Output output, TextWriter errors, CancellationToken ct)
    {
        var lines = ShopFile.Read(file);
        if (lines.Errors.Count > 0)
            return await Complain(lines.Errors);

        ShopImport? import = null;
        await AsOwner(settings, async operations => import = await operations.Send(new AddShops([.. lines.Shops.Select(s => s.Shop.ToNewShop())]), ct), ct);
        if (import!.Errors.Count > 0)
            return await Complain(import.Errors.Select(e => (lines.Shops[e.Index].Line, $"{e.Field}: {OperatorRequests.Say(e.Reason)}")));

        output.Done(import.Added == 1 ? "Added 1 shop." : $"Added {import.Added} shops.");
        return 0;

        async Task<int> Complain(IEnumerable<(long Line, string Reason)> wrong)
        {
            foreach (var (line, reason) in wrong)
                await errors.WriteLineAsync($"{file}, line {line}: {reason}");
            await errors.WriteLineAsync("Nothing was added.");
            return Failed;
        }
    }

    public static Task<int> ListAccounts(Settings settings, Output output, CancellationToken ct) => AsOperator(settings, async operations => output.Rows(
        await All<AccountDetails>(last => operations.Send(new ListAccounts(last?.Id ?? 0, Stretch), ct)),
        ("ID", a => a.Id),
        ("USERNAME", a => a.Username),
        ("ACTIVE", a => a.IsActive),
        ("SINCE", a => a.DateJoined),
        ("GROUPS", a => string.Join(", ", a.Groups))), ct);

    public static Task<int> AddAccount(Settings settings, string username, string password, Output output, CancellationToken ct) =>
        AsOwner(settings, operations => Do(operations, new AddAccount(username, new Secret(password)), output, $"Added {username}.", ct), ct);

    public static Task<int> SetPassword(Settings settings, string username, string password, Output output, CancellationToken ct) =>
        AsOwner(settings,
            operations => Do(operations, new SetAccountPassword(username, new Secret(password)), output, $"{username} has a new password.", ct), ct);

    public static Task<int> ListUsers(Settings settings, Output output, CancellationToken ct) => AsOperator(settings, async operations =>
        output.Rows(await All<UserDetails>(last => operations.Send(new ListUsers(last?.TelegramId ?? new TelegramId(long.MinValue), Stretch), ct)),
            UserColumns), ct);

    public static Task<int> ShowUser(Settings settings, TelegramId person, Output output, CancellationToken ct) => AsOperator(settings, async operations =>
    {
        var found = await operations.Send(new ShowUser(person), ct);
        if (output.IsJson)
        {
            output.Value(found);
            return;
        }

        output.Rows([found.User], UserColumns);
        if (found.Shops.Count > 0)
            output.Rows(found.Shops, ShopColumns);
    }, ct);

    public static Task<int> Ban(Settings settings, TelegramId person, bool ban, Output output, CancellationToken ct) =>
        Do(settings, new BanUser(person, ban), output, ban ? $"{person} is banned." : $"{person} is no longer banned.", ct);

    public static Task<int> Activate(Settings settings, TelegramId person, bool activate, Output output, CancellationToken ct) =>
        Do(settings, new ActivateUser(person, activate), output, activate
            ? $"The subscription of {person} runs." : $"The subscription of {person} has ended.", ct);

    public static Task<int> Unbind(Settings settings, TelegramId person, ShopId shop, Output output, CancellationToken ct) =>
        Do(settings, new UnbindUserShop(person, shop), output, $"{person} is no longer bound to shop {shop}.", ct);

    public static Task<int> Erase(Settings settings, TelegramId person, Output output, CancellationToken ct) =>
        Do(settings, new EraseUser(person), output, $"{person} and everything kept about them are removed; the audit keeps that this was done.", ct);

    internal static Task<int> Do(Settings settings, ICommand command, Output output, string sentence, CancellationToken ct) =>
        AsOperator(settings, operations => Do(operations, command, output, sentence, ct), ct);

    internal static async Task<int> AsOperator(Settings settings, Func<OperatorRequests, Task> work, CancellationToken ct)
    {
        await using var services = await Composition.BuildForCommand(settings, ct);
        return await AsOperator(services, work);
    }

    private static async Task<int> AsOwner(Settings settings, Func<OperatorRequests, Task> work, CancellationToken ct)
    {
        await using var services = await Composition.BuildForCommand(settings, ct);
        await Composition.WantStandalone(services, ct);
        return await AsOperator(services, work);
    }

    private static async Task<int> AsOperator(ServiceProvider services, Func<OperatorRequests, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        await work(new OperatorRequests(scope.ServiceProvider));
        return 0;
    }

    private static async Task Do(OperatorRequests operations, ICommand command, Output output, string sentence, CancellationToken ct)
    {
        await operations.Do(command, ct);
        output.Done(sentence);
    }

    internal static async Task<IReadOnlyList<T>> All<T>(Func<T?, Task<IReadOnlyList<T>>> next)
    {
        var all = new List<T>();
        IReadOnlyList<T> stretch;
        do
        {
            stretch = await next(all.Count == 0 ? default : all[^1]);
            all.AddRange(stretch);
        }
        while (stretch.Count == Stretch);
        return all;
    }
}
