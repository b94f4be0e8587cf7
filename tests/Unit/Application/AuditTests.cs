using MarketBot.Application.Accounts;
using MarketBot.Application.Administration;
using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application;

/// <summary>The audit of each command, sent for real through the whole pipeline in a world where it has something to do.</summary>
public sealed class AuditTests
{
    private static readonly ShopId Nuts = new(17);

    private static readonly Dictionary<Type, Func<World, Task<Refusal?>>> Commands = new()
    {
        [typeof(RegisterSeller)] = world => Refusal(world, new RegisterSeller(new Secret("k-1"))),
        [typeof(LoginAdmin)] = world => Refusal(world, new LoginAdmin("chief", new Secret("pw"))),
        [typeof(SetLanguage)] = world => Refusal(world, new SetLanguage("en")),
        [typeof(SignOut)] = world => Refusal(world.CallerIsSeller(), new SignOut()),
        [typeof(BindShop)] = world => Refusal(world.CallerIsSeller(), new BindShop(new Secret("k-1"))),
        [typeof(UnbindShop)] = world => Refusal(world.CallerIsSeller(), new UnbindShop(Nuts)),
        [typeof(ToggleShopActive)] = world => Refusal(world.CallerIsSeller(), new ToggleShopActive(Nuts, MakeActive: true)),
        [typeof(TogglePriceUpdating)] = world => Refusal(world.CallerIsSeller(), new TogglePriceUpdating(Nuts, MakeUpdating: true)),
        [typeof(AddShops)] = world => Refusal(world.CallerIsOperator(), new AddShops([new NewShop("Tea", new Secret("k-2"))])),
        [typeof(AddAccount)] = world => Refusal(world.CallerIsOperator(), new AddAccount("deputy", new Secret("a good password"))),
        [typeof(SetAccountPassword)] = world => Refusal(world.CallerIsOperator(), new SetAccountPassword("chief", new Secret("a good password"))),
        [typeof(BanUser)] = world => Refusal(world.CallerIsSeller().CallerIsOperator(), new BanUser(World.Me, Ban: true)),
        [typeof(ActivateUser)] = world => Refusal(world.CallerIsSeller().CallerIsOperator(), new ActivateUser(World.Me, Activate: false)),
        [typeof(UnbindUserShop)] = world => Refusal(world.CallerIsSeller().CallerIsOperator(), new UnbindUserShop(World.Me, Nuts)),
        [typeof(EraseUser)] = world => Refusal(world.CallerIsSeller().CallerIsOperator(), new EraseUser(World.Me)),
        [typeof(ReplayUpdate)] = world => Refusal(world.CallerIsOperator(), new ReplayUpdate(5)),
        [typeof(DropUpdate)] = world => Refusal(world.CallerIsOperator(), new DropUpdate(5)),
        [typeof(RetryMessage)] = world => Refusal(world.CallerIsOperator(), new RetryMessage(5)),
        [typeof(DropMessage)] = world => Refusal(world.CallerIsOperator(), new DropMessage(5)),
    };

    public static TheoryData<Type> Sent => [.. Commands.Keys];

    [Fact]
    public void Every_command_is_sent_here() => Assert.Equal(
        typeof(BindShop).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IChangesState)))
            .Select(t => t.Name).Order(),
        Commands.Keys.Select(t => t.Name).Order());

    [Theory]
    [MemberData(nameof(Sent))]
    public async Task An_effect_of_a_command_is_one_row_of_the_audit(Type command)
    {
        using var world = new World();
        world.HasShop(17, "Nuts", "k-1", isMine: command != typeof(BindShop));
        world.HasAccount("chief", "pw");
        world.Users.Erase(World.Me, World.Ct).Returns(true);
        world.InboxAdministration.Replay(5, World.Ct).Returns(0);
        world.InboxAdministration.Drop(5, World.Ct).Returns(true);
        world.OutboxAdministration.Retry(5, World.Ct).Returns(true);
        world.OutboxAdministration.Drop(5, World.Ct).Returns(true);

        Assert.Null(await Commands[command](world));

        world.Audit.ReceivedWithAnyArgs(1).Record(default!);
        await world.IsCommitted();
    }

    private static async Task<Refusal?> Refusal<TOutcome>(World world, IUseCase<TOutcome> request)
        where TOutcome : IOutcome<TOutcome> => (await world.Send(request)).Refusal;
}
