using MarketBot.Application;
using MarketBot.Application.Accounts;
using MarketBot.Application.Administration;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application;

/// <summary>A small marketplace in memory, asked through the whole pipeline of the application layer.</summary>
internal sealed class World : IDisposable
{
    public static readonly TelegramId Me = new(1001);
    public const long UpdateId = 77;

    private readonly ServiceProvider _services;
    private readonly List<Shop> _shops = [];
    private readonly HashSet<(TelegramId, ShopId)> _bindings = [];
    private Action? _meanwhile;
    private bool _isOperator;

    public World()
    {
        Session = new Session(Me);
        SetUpShops();
        Users.Find(Arg.Any<TelegramId>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.FromResult(Person?.TelegramId == call.Arg<TelegramId>() ? Person : null));
        Accounts.FindByUsername(Arg.Any<string>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.FromResult(Known.SingleOrDefault(a => a.Username == call.Arg<string>())));
        Accounts.FindOrAddGroup(Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(call => Task.FromResult(new AccountGroup(call.Arg<string>())));
        Accounts.List(Arg.Any<int>(), Arg.Any<int>(), Arg.Any<CancellationToken>())
            .Returns(_ => Task.FromResult<IReadOnlyList<MarketplaceAccount>>([.. Known]));
        Accounts.HashesInUse(Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(["sample"]);
        Passwords.Check(Arg.Any<string?>(), Arg.Any<IReadOnlyList<string>>(), Arg.Any<Secret>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.FromResult(call.Arg<string?>() == HashOf(call.Arg<Secret>()) ? null : AccountRefusals.LoginFailed));
        Passwords.Hash(Arg.Any<Secret>()).Returns(call => HashOf(call.Arg<Secret>()));
        InboxAdministration.Replay(Arg.Any<long>(), Arg.Any<CancellationToken>()).Returns(DeliveryRefusals.NoSuchUpdate);
        Store.Load(Arg.Any<TelegramId>(), Arg.Any<CancellationToken>()).Returns(_ => Task.FromResult(new CallerState(Person, LoginHolds, Session, false)));
        Work.When(w => w.Begin(Arg.Any<CancellationToken>())).Do(_ =>
        {
            _meanwhile?.Invoke();
            _meanwhile = null;
        });

        _services = new ServiceCollection()
            .AddApplication()
            .AddLogging()
            .AddSingleton(Options.Create(Bot))
            .AddSingleton(Users).AddSingleton(Accounts).AddSingleton(Logins).AddSingleton(Shops)
            .AddSingleton(Work).AddSingleton(Store).AddSingleton(Throttle).AddSingleton(Passwords).AddSingleton(Audit).AddSingleton(Notices)
            .AddSingleton(KnownBans)
            .AddSingleton(InboxAdministration).AddSingleton(OutboxAdministration)
            .AddSingleton<TimeProvider>(Time)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public BotOptions Bot { get; } = new() { SupportUsername = "helper" };

    public ITelegramUserRepository Users { get; } = Substitute.For<ITelegramUserRepository>();

    public IMarketplaceAccountRepository Accounts { get; } = Substitute.For<IMarketplaceAccountRepository>();

    public IAdminLoginRepository Logins { get; } = Substitute.For<IAdminLoginRepository>();

    public IShopRepository Shops { get; } = Substitute.For<IShopRepository>();

    public IUnitOfWork Work { get; } = Substitute.For<IUnitOfWork>();

    public ICallerStore Store { get; } = Substitute.For<ICallerStore>();

    public IThrottle Throttle { get; } = Substitute.For<IThrottle>();

    public IPasswords Passwords { get; } = Substitute.For<IPasswords>();

    public IAudit Audit { get; } = Substitute.For<IAudit>();

    public INotices Notices { get; } = Substitute.For<INotices>();

    public IKnownBans KnownBans { get; } = Substitute.For<IKnownBans>();

    public IInboxAdministration InboxAdministration { get; } = Substitute.For<IInboxAdministration>();

    public IOutboxAdministration OutboxAdministration { get; } = Substitute.For<IOutboxAdministration>();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The only person the world knows; also the caller.</summary>
    public TelegramUser? Person { get; private set; }

    public bool LoginHolds { get; set; }

    public Session Session { get; set; }

    public List<MarketplaceAccount> Known { get; } = [];

    public TelegramProfile Profile { get; set; } = new(Me, "Анна", "Орехова", "anna", "ru");

    public ShopSearchResult Found { get; set; } = new([], false);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string HashOf(Secret? password) => $"hash of {password?.Reveal()}";

    public World CallerIs(Role role, bool banned = false, bool active = true, bool loggedOut = false)
    {
        Person = new TelegramUser(5, Me, "Old", "Name", "old", role, DateTime.UnixEpoch, banned, active, loggedOut);
        LoginHolds = role == Role.Admin;
        return this;
    }

    public World CallerIsSeller() => CallerIs(Role.Seller);

    public World CallerIsAdmin() => CallerIs(Role.Admin);

    public World CallerIsOperator()
    {
        _isOperator = true;
        return this;
    }

    /// <summary>Happens between the first look at the caller and the beginning of the transaction.</summary>
    public void Meanwhile(Action change) => _meanwhile = change;

    public Shop HasShop(long id, string name, string key = "", bool isActive = false, bool isMine = false)
    {
        var shop = new Shop(new ShopId(id), name, $"slug-{id}", "10001", ApiKey.Stored(key), "Vendor", isActive, priceUpdating: false);
        _shops.Add(shop);
        if (isMine)
            _bindings.Add((Me, shop.Id));
        return shop;
    }

    public void HasShops(int count)
    {
        foreach (var i in Enumerable.Range(1, count))
            HasShop(i * 10, $"Shop {i}", isMine: true);
    }

    public MarketplaceAccount HasAccount(string username, string password, string group = "telegram_admins", bool isActive = true)
    {
        var account = MarketplaceAccount.Create(username, HashOf(new Secret(password)), new AccountGroup(group), DateTime.UnixEpoch);
        if (!isActive)
            typeof(MarketplaceAccount).GetProperty(nameof(MarketplaceAccount.IsActive))!.SetValue(account, false);
        Known.Add(account);
        return account;
    }

    public async Task<TOutcome> Send<TOutcome>(IUseCase<TOutcome> request)
        where TOutcome : IOutcome<TOutcome>
    {
        await using var scope = _services.CreateAsyncScope();
        var caller = scope.ServiceProvider.GetRequiredService<Caller>();
        if (_isOperator)
            caller.IdentifyOperator();
        else
            await caller.Identify(Profile, UpdateId, Ct);
        IsSignedInAfterwards = null;
        var outcome = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, Ct);
        IsSignedInAfterwards = caller.IsSignedIn;
        return outcome;
    }

    /// <summary>True when the rest of the update saw a caller who is signed in.</summary>
    public bool? IsSignedInAfterwards { get; private set; }

    /// <summary>The caller as the gate sees them, without a request.</summary>
    public ICaller IdentifiedCaller()
    {
        var caller = new Caller(Store);
        if (_isOperator)
            caller.IdentifyOperator();
        else
            caller.Identify(Profile, UpdateId, Ct).GetAwaiter().GetResult();
        return caller;
    }

    public T Resolve<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task IsCommitted()
    {
        await Work.Received(1).Save(Ct);
        await Work.DidNotReceiveWithAnyArgs().Discard(default);
        await Work.DidNotReceiveWithAnyArgs().Commit(default);
    }

    /// <summary>A refused command is discarded and never committed.</summary>
    public async Task IsDiscarded()
    {
        await Work.DidNotReceiveWithAnyArgs().Save(default);
        await Work.Received(1).Discard(Ct);
    }

    /// <summary>It was refused before anything began.</summary>
    public async Task IsUntouched()
    {
        await Work.DidNotReceiveWithAnyArgs().Begin(default);
        await Work.DidNotReceiveWithAnyArgs().Save(default);
        Assert.Empty(Shops.ReceivedCalls());
        Assert.Empty(Throttle.ReceivedCalls());
        Assert.Empty(Passwords.ReceivedCalls());
    }

    public void Dispose() => _services.Dispose();

    private void SetUpShops()
    {
        Shops.FindFor(Arg.Any<TelegramUser>(), Arg.Any<ShopId>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.FromResult(Theirs(call.Arg<TelegramUser>()).SingleOrDefault(s => s.Id == call.Arg<ShopId>())));
        Shops.FindForUpdate(Arg.Any<TelegramUser>(), Arg.Any<ShopId>(), Arg.Any<CancellationToken>())
            .Returns(call => Shops.FindFor(call.Arg<TelegramUser>(), call.Arg<ShopId>(), call.Arg<CancellationToken>()));
        Shops.FindByKey(Arg.Any<ApiKey>(), Arg.Any<CancellationToken>()).Returns(call => Task.FromResult<Result<Shop>>(
            _shops.Where(s => s.ApiKey == call.Arg<ApiKey>()).ToList() switch
            {
                [var shop] => shop,
                [] => ShopRefusals.KeyNotRecognised,
                _ => ShopRefusals.KeyShared,
            }));
        Shops.Bind(Arg.Any<TelegramUser>(), Arg.Any<Shop>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            _bindings.Add((call.Arg<TelegramUser>().TelegramId, call.Arg<Shop>().Id));
            return Task.FromResult(true);
        });
        Shops.Unbind(Arg.Any<TelegramUser>(), Arg.Any<ShopId>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.FromResult(_bindings.Remove((call.Arg<TelegramUser>().TelegramId, call.Arg<ShopId>()))));
        Shops.Count(Arg.Any<TelegramUser>(), Arg.Any<CancellationToken>()).Returns(call => Task.FromResult(Theirs(call.Arg<TelegramUser>()).Count));
        Shops.KeyAt(Arg.Any<TelegramUser>(), Arg.Any<int>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.FromResult<ShopId?>(Theirs(call.Arg<TelegramUser>()).ElementAtOrDefault(call.Arg<int>())?.Id));
        Shops.List(Arg.Any<TelegramUser>(), Arg.Any<ShopListPlace>(), Arg.Any<int>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.FromResult(Stretch(Theirs(call.Arg<TelegramUser>()), call.Arg<ShopListPlace>(), call.Arg<int>())));
        Shops.Search(Arg.Any<TelegramUser>(), Arg.Any<string>(), Arg.Any<int>(), Arg.Any<TimeSpan>(), Arg.Any<CancellationToken>())
            .Returns(_ => Task.FromResult(Found));
        Shops.Pick(Arg.Any<TelegramUser>(), Arg.Any<IReadOnlyCollection<ShopId>>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.FromResult<IReadOnlyList<ListedShop>>(
            [.. Theirs(call.Arg<TelegramUser>()).Where(s => call.Arg<IReadOnlyCollection<ShopId>>().Contains(s.Id)).Select(Listed)]));
        Shops.ListOf(Arg.Any<TelegramUser>(), Arg.Any<int>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.FromResult<IReadOnlyList<Shop>>([.. Theirs(call.Arg<TelegramUser>()).Take(call.Arg<int>())]));
        Shops.ListAll(Arg.Any<ShopId>(), Arg.Any<int>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.FromResult<IReadOnlyList<Shop>>([.. _shops.Where(s => s.Id > call.Arg<ShopId>()).Take(call.Arg<int>())]));
        Shops.FindTaken(Arg.Any<IReadOnlyCollection<string>>(), Arg.Any<IReadOnlyCollection<ApiKey>>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.FromResult(new TakenShopNames(
            _shops.Select(s => s.Slug!).Intersect(call.Arg<IReadOnlyCollection<string>>()).ToHashSet(),
            _shops.Select(s => s.ApiKey).Intersect(call.Arg<IReadOnlyCollection<ApiKey>>()).ToHashSet())));
    }

    private List<Shop> Theirs(TelegramUser user) =>
        [.. _shops.Where(s => user.Role == Role.Admin || _bindings.Contains((user.TelegramId, s.Id))).OrderBy(s => s.Id)];

    private static ListedShop Listed(Shop shop) => new(shop.Id, shop.Name, shop.IsActive, shop.PriceUpdating);

    private static ShopStretch Stretch(List<Shop> all, ShopListPlace place, int size)
    {
        var start = place.From switch
        {
            ShopListFrom.At => all.Count(s => s.Id < place.Key),
            ShopListFrom.After => all.Count(s => s.Id <= place.Key),
            ShopListFrom.Before => Math.Max(0, all.Count(s => s.Id < place.Key) - size),
            _ => 0,
        };
        var end = place.From == ShopListFrom.Before ? all.Count(s => s.Id < place.Key) : Math.Min(all.Count, start + size);
        return new ShopStretch([.. all.Take(end).Skip(start).Select(Listed)], start > 0, end < all.Count);
    }
}
