using MarketBot.Infrastructure.Diagnosis;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>Checks everything the bot depends on, and says how to mend what is wrong.</summary>
internal static class DoctorCommand
{
    /// <summary>Prints all findings.</summary>
    /// <returns>0, 1 when there are warnings, 2 when there are errors.</returns>
    public static async Task<int> Run(Settings settings, Output output, CancellationToken ct)
    {
        await using var services = Composition.BuildUntouched(settings);
        List<Finding> findings =
        [
            .. await services.GetRequiredService<DatabaseDoctor>().Examine(ct),
            .. await TelegramChecks.Examine(settings.Telegram, services.GetRequiredService<TimeProvider>(), ct),
        ];
        if (output.IsJson)
            output.Value(findings);
        foreach (var finding in findings)
        {
            output.Line($"{finding.Severity.ToString().ToLowerInvariant(),-8} {finding.Check,-10} {finding.Text}");
            if (finding.Mend is { } mend)
                output.Line($"{"",-19} To mend it: {mend}");
        }

        return (int)findings.Max(f => f.Severity);
    }
}
