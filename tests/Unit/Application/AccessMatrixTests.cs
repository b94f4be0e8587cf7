using MarketBot.Application.Accounts;
using MarketBot.Application.Administration;
using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Application.Subscriptions;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using MediatR;

namespace MarketBot.Tests.Unit.Application;

/// <summary>The rights of every kind of caller for every request type, written out.</summary>
public sealed class AccessMatrixTests
{
    private static readonly Dictionary<string, Action<World>> Callers = new()
    {
        ["stranger"] = _ => { },
        ["signed-out seller"] = world => world.CallerIs(Role.Seller, loggedOut: true),
        ["seller"] = world => world.CallerIs(Role.Seller),
        ["inactive seller"] = world => world.CallerIs(Role.Seller, active: false),
        ["banned seller"] = world => world.CallerIs(Role.Seller, banned: true),
        ["admin"] = world => world.CallerIs(Role.Admin),
        ["inactive admin"] = world => world.CallerIs(Role.Admin, active: false),
        ["banned admin"] = world => world.CallerIs(Role.Admin, banned: true),
        ["admin whose login ended"] = world => world.CallerIs(Role.Admin).LoginHolds = false,
        ["banned and signed out"] = world => world.CallerIs(Role.Seller, banned: true, loggedOut: true),
        ["operator"] = world => world.CallerIsOperator(),
    };

    private static readonly Dictionary<string, Refusal?> Words = new()
    {
        ["yes"] = null,
        ["BAN"] = AccessRefusals.Banned,
        ["in!"] = AccessRefusals.SignInFirst,
        ["out"] = AccessRefusals.SignOutFirst,
        ["pay"] = AccessRefusals.Inactive,
        ["no"] = AccessRefusals.Forbidden,
    };

    private static readonly ShopId Shop = new(17);
    private static readonly TelegramId Person = new(5);
    private static readonly Secret Secret = new("k-1");

    private static readonly List<Row> Table =
    [
        //                                                      stranger  seller                   admin               banned, operator
        //                                                           out   in  unpaid banned   in  unpaid banned ended  out
        Row.Of(new Start(),                                       "yes   yes   yes   yes   BAN   yes   yes   BAN   yes   BAN   no "),
        Row.Of(new ShowHelp(),                                    "yes   yes   yes   yes   BAN   yes   yes   BAN   yes   BAN   no "),
        Row.Of(new SetLanguage("en"),                             "yes   yes   yes   yes   BAN   yes   yes   BAN   yes   BAN   no "),
        Row.Of(new CancelInput(),                                 "yes   yes   yes   yes   BAN   yes   yes   BAN   yes   BAN   no "),
        Row.Of(new RegisterSeller(Secret),                        "yes   yes   out   out   BAN   out   out   BAN   yes   BAN   no "),
        Row.Of(new LoginAdmin("admin", Secret),                   "yes   yes   out   out   BAN   out   out   BAN   yes   BAN   no "),
        Row.Of(new RecogniseKey(Secret),                          "yes   yes   yes   yes   BAN   yes   yes   BAN   yes   BAN   no "),
        Row.Of(new ShowMenu(),                                    "in!   in!   yes   yes   BAN   yes   yes   BAN   in!   BAN   no "),
        Row.Of(new SignOut(),                                     "in!   in!   yes   yes   BAN   yes   yes   BAN   in!   BAN   no "),
        Row.Of(new ShowSubscription(),                            "in!   in!   yes   yes   BAN   yes   yes   BAN   in!   BAN   no "),
        Row.Of(new ListShops(ShopListPlace.First),                "in!   in!   yes   pay   BAN   yes   pay   BAN   in!   BAN   no "),
        Row.Of(new JumpToShopPage(1),                             "in!   in!   yes   pay   BAN   yes   pay   BAN   in!   BAN   no "),
        Row.Of(new SearchShops("nuts"),                           "in!   in!   yes   pay   BAN   yes   pay   BAN   in!   BAN   no "),
        Row.Of(new ShowShop(Shop),                                "in!   in!   yes   pay   BAN   yes   pay   BAN   in!   BAN   no "),
        Row.Of(new ToggleShopActive(Shop, true),                  "in!   in!   yes   pay   BAN   yes   pay   BAN   in!   BAN   no "),
        Row.Of(new TogglePriceUpdating(Shop, true),               "in!   in!   yes   pay   BAN   yes   pay   BAN   in!   BAN   no "),
        Row.Of(new BindShop(Secret),                              "in!   in!   yes   pay   BAN   no    no    BAN   in!   BAN   no "),
        Row.Of(new UnbindShop(Shop),                              "in!   in!   yes   pay   BAN   no    no    BAN   in!   BAN   no "),
        Row.Of(new ListAllShops(default, 10),                     "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new AddShops([]),                                  "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new ListAccounts(0, 10),                           "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new AddAccount("admin", Secret),                   "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new SetAccountPassword("admin", Secret),           "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new ListUsers(default, 10),                        "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new ShowUser(Person),                              "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new BanUser(Person, true),                         "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new ActivateUser(Person, true),                    "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new EraseUser(Person),                             "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new ListInbox(0, 1),                               "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new ShowUpdate(1),                                 "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new ReplayUpdate(1),                               "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new DropUpdate(1),                                 "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new ListOutbox(0, 1),                              "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new RetryMessage(1),                               "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new DropMessage(1),                                "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
        Row.Of(new UnbindUserShop(Person, Shop),                  "no    no    no    no    BAN   no    no    BAN   no    BAN   yes"),
    ];

    public static TheoryData<string, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, string>();
            foreach (var row in Table)
            {
                foreach (var (caller, word) in Callers.Keys.Zip(row.Expected))
                    cells.Add(row.Request.Name, caller, word);
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task The_table_of_rights_holds(string request, string caller, string expected)
    {
        using var world = new World();
        Callers[caller](world);

        var refusal = await Table.Single(r => r.Request.Name == request).Send(world);

        Assert.Equal(Words[expected], refusal?.Code.StartsWith("access.", StringComparison.Ordinal) == true ? refusal : null);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Whoever_is_refused_leaves_nothing_behind(string request, string caller, string expected)
    {
        using var world = new World();
        Callers[caller](world);

        await Table.Single(r => r.Request.Name == request).Send(world);

        if (expected != "yes")
            await world.IsUntouched();
    }

    [Fact]
    public void Every_request_type_is_in_the_table()
    {
        var all = typeof(AccessGate).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, IsInterface: false }
                && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)));

        Assert.Equal(all.OrderBy(t => t.Name), Table.Select(r => r.Request).OrderBy(t => t.Name));
        Assert.All(Table, row => Assert.Equal(Callers.Count, row.Expected.Length));
    }

    [Fact]
    public void A_request_without_a_rule_may_be_sent_by_nobody()
    {
        foreach (var set in Callers.Values)
        {
            using var world = new World();
            set(world);
            var caller = world.IdentifiedCaller();

            Assert.NotNull(AccessGate.WhyNot(typeof(WithoutRule), caller));
        }
    }

    private sealed record WithoutRule : IQuery<int>;

    private sealed record Row(Type Request, string[] Expected, Func<World, Task<Refusal?>> Send)
    {
        public static Row Of<TOutcome>(IUseCase<TOutcome> request, string expected)
            where TOutcome : IOutcome<TOutcome> =>
            new(request.GetType(), expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), async world => (await world.Send(request)).Refusal);
    }
}
