using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MarketBot.Infrastructure.Persistence.Postgres;

/// <summary>
/// Makes an outage of a connection that breaks in the middle of a transaction. EF Core opens another one without a word
/// (<c>RelationalConnection.OpenAsync</c>), and what follows would be committed on its own, past the fence that the transaction ends with.
/// Npgsql may notice the break between any two steps, and calls what comes next an error of the program.
/// </summary>
internal sealed class BrokenTransaction : DbConnectionInterceptor, IDbCommandInterceptor, IDbTransactionInterceptor
{
    public static readonly BrokenTransaction Instance = new();

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        IsInTransaction(eventData.Context) ? throw new BrokenConnectionException() : result;

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        IsInTransaction(eventData.Context) ? throw new BrokenConnectionException() : ValueTask.FromResult(result);

    /// <summary>Before EF Core gives the command a transaction that is over, which is an error of the program to Npgsql.</summary>
    public InterceptionResult<DbCommand> CommandCreating(CommandCorrelatedEventData eventData, InterceptionResult<DbCommand> result) =>
        IsInTransaction(eventData.Context) && eventData.Connection.State != ConnectionState.Open ? throw new BrokenConnectionException() : result;

    public void CommandFailed(DbCommand command, CommandErrorEventData eventData) => ThrowIfBroken(eventData.Context, eventData.Exception);

    public Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        ThrowIfBroken(eventData.Context, eventData.Exception);
        return Task.CompletedTask;
    }

    public void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) => ThrowIfBroken(eventData.Context, eventData.Exception);

    public Task TransactionFailedAsync(DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        ThrowIfBroken(eventData.Context, eventData.Exception);
        return Task.CompletedTask;
    }

    private static void ThrowIfBroken(DbContext? context, Exception failure)
    {
        if (IsInTransaction(context) && failure is InvalidOperationException && context!.Database.GetDbConnection().State != ConnectionState.Open)
            throw new BrokenConnectionException(failure);
    }

    private static bool IsInTransaction(DbContext? context) => context is MarketBotContext { Transaction: { } use } && use == context.ContextId;
}
