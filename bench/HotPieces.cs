using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using MarketBot.Presentation.Bot.CommandLine;
using MarketBot.Presentation.Bot.Rendering;
using MarketBot.Presentation.Bot.Routing;
using MarketBot.Presentation.Bot.Shops;
using MarketBot.Presentation.Bot.Telegram;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Telegram.Bot.Types;

namespace MarketBot.Bench;

/// <summary>What every tap goes through inside the process, piece by piece, without database and network.</summary>
[MemoryDiagnoser]
[Config(typeof(InProcess))]
public class HotPieces : IDisposable
{
    private readonly byte[] _press = Encoding.UTF8.GetBytes(
        """
        {"update_id":5,"callback_query":{"id":"7","from":{"id":1001,"is_bot":false,"first_name":"Anna","username":"anna","language_code":"ru"},
        "chat_instance":"1","data":"page:0:2:5:2:",
        "message":{"message_id":9,"date":1767225600,"chat":{"id":1001,"type":"private","first_name":"Anna"},
        "text":"Мои магазины","entities":[{"type":"bold","offset":0,"length":12}],
        "reply_markup":{"inline_keyboard":[[{"text":"⏸ Shop 1","callback_data":"shop:1:1:1:"}],
        [{"text":"◀","callback_data":"edge"},{"text":"1 / 4","callback_data":"jump:0:1:1:4:"},{"text":"▶","callback_data":"page:0:2:5:2:"}]]}}}}
        """);

    private readonly ShopPage _page = new([.. Enumerable.Range(1, 5).Select(i => new ShopRow(new ShopId(i), $"Shop {i}", i % 2 == 0))], 2, 4, true, true);
    private static readonly IncomingPress Incoming = new(5, new TelegramProfile(new TelegramId(1001), "Anna"), "7", "page:0:2:5:2:", 9);

    private readonly ServiceProvider _services;
    private readonly RouteTable _routes;
    private readonly Reply _reply;
    private readonly EditScreen _edit;

    /// <summary>Puts the layers together as the host does, but for what is stored about the caller.</summary>
    public HotPieces()
    {
        var settings = Settings.From(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Telegram:Token"] = "123456:only-for-a-benchmark-of-pieces",
            ["ConnectionStrings:MarketBot"] = "Data Source=:memory:",
        }).Build());
        var services = new ServiceCollection().AddMarketBot(settings).AddBot(settings);
        services.RemoveAll<ILoggerProvider>();
        services.AddScoped<ICallerStore, KnownSeller>();
        _services = services.BuildServiceProvider();
        _routes = _services.GetRequiredService<RouteTable>();
        _reply = Screen();
        var outgoing = Ready();
        _edit = new EditScreen { ChatId = 1001, MessageId = 9, Html = outgoing.Html!, Keyboard = outgoing.Keyboard };
    }

    /// <summary>JSON of a press to an update.</summary>
    [Benchmark]
    public Update Decode()
    {
        using var json = JsonDocument.Parse(_press);
        return UpdateReader.Read(json.RootElement);
    }

    /// <summary>Callback data to a route and its button.</summary>
    [Benchmark]
    public object? Route() => _routes.Button("page:0:2:5:2:");

    /// <summary>A scope, the caller, and a query through the whole pipeline.</summary>
    [Benchmark]
    public async Task<Result<Home>> Mediate()
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Caller>().Identify(Incoming.Person, 5, CancellationToken.None);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ShowMenu(), CancellationToken.None);
    }

    /// <summary>A page of shops to a screen.</summary>
    [Benchmark]
    public object Render() => Screen();

    /// <summary>A screen to what is stored where there is an effect.</summary>
    [Benchmark]
    public byte[] Encode() => Ready().ToBytes();

    /// <summary>A screen to the body of the call that shows it.</summary>
    [Benchmark]
    public HttpContent EncodeRequest() => _edit.ToHttpContent();

    /// <inheritdoc />
    public void Dispose()
    {
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    private Outgoing Ready() => Outgoing.From(Incoming, _reply, deletesMessage: false, Language.Ru, _routes);

    private Reply Screen() => ShopListView.Render(_page, ShopListPurpose.Open, Role.Seller, Language.Ru);

    /// <summary>A registered seller, without a database.</summary>
    private sealed class KnownSeller : ICallerStore
    {
        private static readonly CallerState State = new(
            TelegramUser.Register(new TelegramProfile(new TelegramId(1001), "Anna"), Role.Seller, DateTime.UnixEpoch),
            LoginHolds: false,
            Session: null,
            WasUnreachable: false);

        public Task<CallerState> Load(TelegramId id, CancellationToken ct) => Task.FromResult(State);
    }

    private sealed class InProcess : ManualConfig
    {
        public InProcess() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
