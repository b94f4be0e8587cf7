using CsCheck;
using MarketBot.Tests.Unit.Delivery.Model;

namespace MarketBot.Tests.Unit.Delivery;

/// <summary>
/// The real engine in thousands of random runs: updates arrive in batches and twice, handlers fail, storage goes away before, after and during a call,
/// processes are killed at any await or stopped, lanes change hands. A run that fails is made smaller and printed with its seed, which plays it again.
/// </summary>
public class EngineModelTests(ITestOutputHelper output)
{
    private static readonly Gen<ModelUpdate> Updates = Gen.Select(
        Gen.OneOf(1L, 2L, 65L),
        Gen.Frequency((2, Gen.Const((byte)0)), (1, Gen.OneOf<byte>(1, 7, 23, 255)), (1, Gen.Byte)),
        Gen.Frequency((5, ModelOutcome.Effect), (1, ModelOutcome.None), (1, ModelOutcome.EffectOrNone)),
        Gen.Bool,
        (lane, failures, outcome, hasReply) => new ModelUpdate(lane, failures, outcome, hasReply));

    private static readonly Gen<ModelStep> Steps = Gen.Select(
        Gen.Frequency(
            (5, ModelEvent.Arrive),
            (1, ModelEvent.Repeat),
            (10, ModelEvent.Turns),
            (4, ModelEvent.TimePasses),
            (2, ModelEvent.Kill),
            (1, ModelEvent.Stop),
            (3, ModelEvent.HandOver),
            (3, ModelEvent.Beat),
            (1, ModelEvent.Doubt),
            (3, ModelEvent.Outage)),
        Gen.Int[0, 9],
        Gen.Int[0, 9],
        (happens, a, b) => new ModelStep(happens, a, b));

    private static readonly Gen<ModelRun> Runs = Gen.Select(
        Gen.Bool, Gen.Int[0, int.MaxValue - 1], Gen.Int[1, 4], Updates.List[1, 12], Steps.List[0, 60],
        (isAlone, seed, most, updates, steps) => new ModelRun(isAlone, seed, most, updates, steps));

    private static long Iterations => long.TryParse(Environment.GetEnvironmentVariable("MARKETBOT_MODEL_RUNS"), out var runs) ? runs : 2000;

    [Fact]
    public void However_a_run_goes_every_update_is_handled_once_and_in_its_order_and_its_reply_is_sent() =>
        Runs.Sample(run => Assert.Null(run.Play()), writeLine: output.WriteLine, iter: Iterations, print: run => run.ToString());

    [Fact]
    public void A_run_can_be_played_again() => Runs.Sample(run => Assert.Equal(run.Trace(), run.Trace()), iter: 100);

    /// <summary>
    /// The epoch, and that only what is new is buried, are second lines here: what they are for is met on purpose in the tests of the fences.
    /// </summary>
    [Theory]
    [InlineData(nameof(Broken.New))]
    [InlineData(nameof(Broken.Ending))]
    [InlineData(nameof(Broken.Unique))]
    [InlineData(nameof(Broken.Sync))]
    public void A_store_without_one_of_its_conditions_is_noticed(string broken)
    {
        var failure = Assert.Throws<CsCheckException>(() => Runs.Sample(run => Assert.Null(run.Play(Enum.Parse<Broken>(broken))), iter: 50_000));

        output.WriteLine(failure.Message);
    }
}
