using MarketBot.Infrastructure.Delivery;
using Microsoft.Extensions.Logging.Abstractions;

namespace MarketBot.Tests.Unit.Delivery;

public class UpdateProcessorTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(8L)]
    public async Task An_update_that_is_not_this_processs_turn_any_more_is_passed_over_untouched(long? epoch)
    {
        using var limit = new ConcurrencyLimit(1);
        using var metrics = new DeliveryMetrics();
        using var processor = new UpdateProcessor(
            null!, new Turn(epoch), null!, null!, null!, limit, metrics, TimeProvider.System, NullLogger<UpdateProcessor>.Instance);

        var processing = processor.Process(new StoredUpdate(1, 1001, new Lease(7), DateTime.UnixEpoch) { Payload = [1] });

        Assert.True(processing.IsCompletedSuccessfully);
        Assert.False(await processing);
    }

    /// <summary>A process that has every lane in one turn, or none.</summary>
    private sealed class Turn(long? epoch) : IInstance
    {
        public event Action? Woken
        {
            add { }
            remove { }
        }

        public bool IsAlone => false;

        public bool IsLeader => false;

        public IReadOnlyDictionary<int, Lease> Leases => new Dictionary<int, Lease>();

        public CancellationToken Leading => CancellationToken.None;

        public Lease? LeaseOf(long lane) => epoch is null ? null : new Lease(epoch);

        public Task Leads(CancellationToken ct) => Task.CompletedTask;
    }
}
