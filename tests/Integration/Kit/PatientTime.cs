namespace MarketBot.Tests.Integration.Kit;

/// <summary>
/// The clock of a Telegram that drops no press because a busy machine took more than 150 seconds to fetch it: it tells a hundredth of the time that has passed.
/// Timers go off as ever.
/// </summary>
public sealed class PatientTime : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _start + ((base.GetUtcNow() - _start) / 100);
}
