using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.Json.Nodes;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.Telegram;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Operations;

public class MetricsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_bot_does_is_counted_under_the_names_that_the_README_lists()
    {
        await using var bot = await TestBot.Start(Ct);
        using var heard = new Listener(bot.Service<DeliveryMetrics>().Meter);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        var update = JsonSerializer.SerializeToElement(new JsonObject { ["update_id"] = 900_000_001, ["something_new"] = true });
        await bot.Service<UpdateIntake>().Take([update], Ct);
        await bot.Service<UpdateIntake>().Take([update], Ct);
        bot.Telegram.World.Faults.Next(Fault.CutAfter, "sendMessage");
        await bot.Operate("users", "deactivate", "1001");
        await bot.FaultsHappened(Ct);
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);
        await bot.Execute(
            "CREATE TRIGGER poison BEFORE UPDATE ON marketbot_sessions BEGIN SELECT RAISE(ABORT, 'poison'); END; UPDATE tg_bot_telegramuser SET is_active = 1");
        anna.Person.PressData(anna.Screen, "add");
        await bot.GivesUp(Ct);

        await TestBot.Until(() => heard["marketbot.updates.handled"] == 4, Ct);
        await TestBot.Until(() => heard["marketbot.updates.dead"] == 1, Ct);
        Assert.Equal(1, heard["marketbot.updates.repeated"]);
        Assert.Equal(1, heard["marketbot.outbox.sent"]);
        Assert.Equal(1, heard["marketbot.outbox.repeated"]);
    }

    [Fact]
    public async Task R5_the_age_of_the_last_answered_poll_grows_while_Telegram_is_silent()
    {
        await using var bot = await TestBot.Start(Ct);
        using var heard = new Listener(bot.Service<Metrics>().Meter);
        var anna = bot.Person(1001);
        await anna.Says("/start");
        var before = heard.Now("marketbot.poll.age");
        bot.Telegram.World.Faults.Next(Fault.Hang, "getUpdates", times: 2);
        await anna.Says("/menu");

        bot.Time.Pass(TimeSpan.FromSeconds(35));
        var silent = heard.Now("marketbot.poll.age");

        Assert.InRange(before, 0, 30);
        Assert.InRange(silent, 35, 70);
    }

    /// <summary>Adds up what one bot counts.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, long> _counted = new();
        private readonly ConcurrentDictionary<string, double> _measured = new();

        public Listener(Meter meter)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == meter)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _counted.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
            _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _measured[instrument.Name] = value);
            _listener.Start();
        }

        public long this[string counter] => _counted.GetValueOrDefault(counter);

        public double Now(string gauge)
        {
            _listener.RecordObservableInstruments();
            return _measured[gauge];
        }

        public void Dispose() => _listener.Dispose();
    }
}
