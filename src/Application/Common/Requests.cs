namespace MarketBot.Application.Common;

/// <summary>Something that can be asked of the application.</summary>
/// <typeparam name="TOutcome">What it ends with.</typeparam>
public interface IUseCase<TOutcome> : IRequest<TOutcome>
    where TOutcome : IOutcome<TOutcome>;

/// <summary>Marks the requests whose effects are committed.</summary>
public interface IChangesState;

/// <summary>
/// Marks a command that checks a secret before it changes anything: its handler opens the transaction itself, with <see cref="CommandTransaction"/>, once the
/// secret is checked, so that none is open while a password is hashed.
/// </summary>
public interface IChecksSecretFirst : IChangesState;

/// <summary>A request that changes something and answers nothing.</summary>
public interface ICommand : IUseCase<Result>, IChangesState;

/// <summary>A request that changes something and answers a value.</summary>
/// <typeparam name="T">The answer.</typeparam>
public interface ICommand<T> : IUseCase<Result<T>>, IChangesState;

/// <summary>A request that only reads.</summary>
/// <typeparam name="T">The answer.</typeparam>
public interface IQuery<T> : IUseCase<Result<T>>;
