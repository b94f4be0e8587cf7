using MarketBot.Infrastructure.Persistence;

namespace MarketBot.Infrastructure.Diagnosis;

/// <summary>The severity of a finding.</summary>
public enum Severity
{
    /// <summary>The check found no fault.</summary>
    Ok,

    /// <summary>The bot runs, but something is missing, slow or at risk.</summary>
    Warning,

    /// <summary>The bot cannot work, and does not start.</summary>
    Error,
}

/// <summary>The result of a check; never with a key, a password hash or a token in it.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Check">The name of the check.</param>
/// <param name="Text">The fact, in a sentence.</param>
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

    /// <summary>The finding on one line.</summary>
    public override string ToString() => Mend is null ? Text : $"{Text} To mend it: {Mend}";
}
