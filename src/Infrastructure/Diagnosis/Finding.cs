using MarketBot.Infrastructure.Persistence;

namespace MarketBot.Infrastructure.Diagnosis;

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>The bot runs, but something is missing, slow or at risk.</summary>
    Warning,

    /// <summary>The bot cannot work, and does not start.</summary>
    Error,
}

/// <summary>What a check found; never with a key, a password hash or a token in it.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Check">What was looked at.</param>
/// <param name="Text">What is so.</param>
/// <param name="Mend">The exact SQL or command that mends it, or what to do.</param>
public sealed record Finding(Severity Severity, string Check, string Text, string? Mend = null)
{
    internal static Finding Ok(string check, string text) => new(Severity.Ok, check, text);

    internal static Finding Warning(string check, string text, string mend) => new(Severity.Warning, check, text, mend);

    internal static Finding Error(string check, string text, string mend) => new(Severity.Error, check, text, mend);

    /// <summary>Lets nothing run on a database with errors.</summary>
    /// <exception cref="DatabaseUnusableException">There are some: a line each.</exception>
    internal static void WantNoError(IEnumerable<Finding> findings)
    {
        if (findings.Where(f => f.Severity == Severity.Error).ToList() is [_, ..] errors)
            throw new DatabaseUnusableException(string.Join(Environment.NewLine, errors));
    }

    /// <summary>On one line.</summary>
    public override string ToString() => Mend is null ? Text : $"{Text} To mend it: {Mend}";
}
