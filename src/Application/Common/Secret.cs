namespace MarketBot.Application.Common;

/// <summary>A password or key on its way through the application. Prints as <c>***</c> and has no public property, so no log can show it.</summary>
public sealed class Secret(string value) : IEquatable<Secret>
{
    private readonly string _value = value;

    /// <summary>The secret itself: for the one place that checks it.</summary>
    public string Reveal() => _value;

    /// <inheritdoc />
    public bool Equals(Secret? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc />
    public override int GetHashCode() => string.GetHashCode(_value, StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => "***";
}
