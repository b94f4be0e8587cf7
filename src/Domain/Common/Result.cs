namespace MarketBot.Domain.Common;

/// <summary>The outcome of a use case: done or refused.</summary>
/// <typeparam name="TSelf">The outcome's own type, so that pipeline steps can refuse without reflection.</typeparam>
public interface IOutcome<TSelf>
    where TSelf : IOutcome<TSelf>
{
    /// <summary>Why not; null when it was done.</summary>
    Refusal? Refusal { get; }

    /// <summary>An outcome that says no.</summary>
    static abstract TSelf Refuse(Refusal refusal);
}

/// <summary>The outcome of something that answers nothing but "done".</summary>
public sealed record Result : IOutcome<Result>
{
    private Result(Refusal? refusal) => Refusal = refusal;

    /// <summary>Done.</summary>
    public static Result Done { get; } = new((Refusal?)null);

    /// <inheritdoc />
    public Refusal? Refusal { get; }

    /// <inheritdoc />
    public static Result Refuse(Refusal refusal) => new(refusal);

    /// <summary>Lets a method simply return a refusal.</summary>
    public static implicit operator Result(Refusal refusal) => Refuse(refusal);
}

/// <summary>The outcome of something that answers a value.</summary>
/// <typeparam name="T">What is answered.</typeparam>
public sealed record Result<T> : IOutcome<Result<T>>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    /// <inheritdoc />
    public Refusal? Refusal { get; }

    /// <summary>The answer.</summary>
    /// <exception cref="InvalidOperationException">It was refused: ask <see cref="Refusal"/> first.</exception>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"Refused with {Refusal.Code}, there is no value.");

    /// <summary>Never throws, unlike the members that a record would print.</summary>
    public override string ToString() => Refusal is null ? $"Result {{ Value = {_value} }}" : $"Result {{ Refusal = {Refusal} }}";

    /// <inheritdoc />
    public static Result<T> Refuse(Refusal refusal) => new(default, refusal);

    /// <summary>Lets a method simply return its answer.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Lets a method simply return a refusal.</summary>
    public static implicit operator Result<T>(Refusal refusal) => Refuse(refusal);
}
