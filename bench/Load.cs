namespace MarketBot.Bench;

/// <summary>What a user does over and over.</summary>
internal enum Journey
{
    /// <summary>To "my shops" and back; as many of the presses as the load says are switches of an own shop, on its card.</summary>
    Lists,

    /// <summary>Forth and back by the arrows, from a page in the middle of the list.</summary>
    Arrows,

    /// <summary>To a random page by its number.</summary>
    Jumps,

    /// <summary>To a shop's card and back to the list.</summary>
    Cards,

    /// <summary>Unlinks an own shop and binds it again by its key.</summary>
    Binds,

    /// <summary>Somebody new each time, who registers with the key of a shop.</summary>
    Registrations,
}

/// <summary>What one update asked for.</summary>
internal enum Step
{
    Menu,
    List,
    Card,
    Switch,

    /// <summary>A question: for a key, or whether to unlink.</summary>
    Prompt,
    Bind,
    Unbind,
    Registration,
}

/// <summary>One line of the end-to-end table.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Users">How many press at the same time.</param>
/// <param name="Shops">How many shops each user has; all of them where they are admins.</param>
/// <param name="Admins">Whether they are admins.</param>
/// <param name="Switches">The share of switches among the presses of <see cref="Journey.Lists"/>.</param>
/// <param name="LatencyMs">How long every Bot API call takes.</param>
/// <param name="Seconds">How long is measured, after a warm-up.</param>
/// <param name="Journey">What they do.</param>
/// <param name="ThrottlesOne">Whether Telegram throttles the last one's chat; that one is not measured.</param>
internal sealed record Load(
    string Name,
    int Users,
    int Shops = 20,
    bool Admins = false,
    double Switches = 0,
    int LatencyMs = 0,
    int Seconds = 8,
    Journey Journey = Journey.Lists,
    bool ThrottlesOne = false)
{
    /// <summary>All that <c>load</c> measures.</summary>
    public static IReadOnlyList<Load> All { get; } =
    [
        new("1-user", 1),
        new("8-users", 8),
        new("64-users", 64),
        new("512-users", 512),
        new("64-users-switching-10", 64, Switches: 0.1),
        new("64-users-switching", 64, Switches: 0.2),
        new("64-users-switching-40", 64, Switches: 0.4),
        new("64-users-cards", 64, Journey: Journey.Cards),
        new("64-users-binds", 64, Journey: Journey.Binds),
        new("64-users-registrations", 64, Journey: Journey.Registrations),
        new("64-users-50ms", 64, LatencyMs: 50),
        new("512-users-50ms", 512, LatencyMs: 50),
        new("admin-20-shops", 8, Admins: true),
        new("admin-100000-shops", 8, 100_000, Admins: true),
        new("admin-1000000-shops", 8, 1_000_000, Admins: true),
        new("admin-20-shops-arrows", 8, Admins: true, Journey: Journey.Arrows),
        new("admin-100000-shops-arrows", 8, 100_000, Admins: true, Journey: Journey.Arrows),
        new("admin-1000000-shops-arrows", 8, 1_000_000, Admins: true, Journey: Journey.Arrows),
        new("admin-1000000-shops-jumps", 1, 1_000_000, Admins: true, Journey: Journey.Jumps),
        new("seller-20-shops", 4),
        new("seller-100000-shops", 4, 100_000),
        new("seller-1000000-shops", 1, 1_000_000),
        new("seller-100000-shops-arrows", 4, 100_000, Journey: Journey.Arrows),
        new("seller-1000000-shops-arrows", 1, 1_000_000, Journey: Journey.Arrows),
        new("64-users-one-throttled", 64, ThrottlesOne: true),
    ];

    /// <summary>Whether each step is a line of its own: where the steps differ in what they cost.</summary>
    public bool TellsSteps => Switches > 0 || Journey is Journey.Cards or Journey.Binds or Journey.Registrations;
}
