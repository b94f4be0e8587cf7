using System.Data.Common;
using MarketBot.Domain.Shops;
using MarketBot.Infrastructure.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>What differs between the databases MarketBot works on.</summary>
internal abstract class DatabaseProvider : IStorageHealth
{
    /// <summary>The file's name, where the database is one; null for a server and for what is only in memory.</summary>
    public virtual string? File => null;

    /// <summary>Whether several processes may run the bot on one database.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Whether a reader keeps its connection, with its statements prepared, or gives it back to a pool that does.</summary>
    public abstract bool KeepsConnections { get; }

    /// <summary>
    /// Whether a transaction may leave the sync of its commit to the inbox's writer: on a SQLite file in WAL that is nobody else's. False until the
    /// database was brought up to date, and where each commit waits for the disk.
    /// </summary>
    public virtual bool LeavesSyncs => false;

    /// <summary>Begins a transaction that holds the right to write from the start.</summary>
    /// <param name="context">The context.</param>
    /// <param name="leavesSync">True when its commit may leave the sync to the inbox's writer, where <see cref="LeavesSyncs"/> says so.</param>
    /// <param name="ct">Stops waiting.</param>
    public virtual Task<IDbContextTransaction> BeginTransaction(MarketBotContext context, bool leavesSync, CancellationToken ct) =>
        context.Database.BeginTransactionAsync(ct);

    /// <summary>The query that <see cref="Catalogue.Read"/> wants.</summary>
    public abstract string CatalogueQuery { get; }

    /// <summary>The query for the schemas that have a marketplace but are not looked into; null where there are no schemas.</summary>
    public virtual string? HiddenSchemasQuery => null;

    /// <summary>How this database's types and statements are written.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>Adds the pooled context, of the class whose migrations are for this database.</summary>
    public abstract void AddContext(IServiceCollection services, Action<DbContextOptionsBuilder> configure);

    /// <summary>Tells EF Core where the database is.</summary>
    public abstract DbContextOptionsBuilder Configure(DbContextOptionsBuilder options);

    /// <summary>A connection that is not open yet.</summary>
    public abstract DbConnection Connect();

    /// <summary>Says for the operator why the database cannot be used, without anything of the connection string but plain names.</summary>
    public abstract string Explain(Exception failure);

    /// <summary>A writer for the inbox, with a connection and statements of its own.</summary>
    public abstract IInboxWriter OpenInbox(long botId, string keyId);

    /// <summary>
    /// Lets other transactions that name the same subject wait until this one ends. Where there is one writer at a time,
    /// they wait anyway.
    /// </summary>
    public abstract Task Serialise(MarketBotContext context, string subject, CancellationToken ct);

    /// <summary>Keeps a shop as it is until the transaction ends, whoever else wants to change it. Where there is one writer at a time, it stays so anyway.</summary>
    public virtual Task Hold(MarketBotContext context, ShopId id, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Lets a reference to a row that somebody else has removed fail where it is written, not at the transaction's end. Where there is one writer at a time, there is none.</summary>
    public virtual Task CheckReferencesAtOnce(MarketBotContext context, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Whether a failure means that the database is away or busy for a while, and says nothing about the work.</summary>
    public bool IsOutage(Exception failure) => Causes(failure).Any(cause => cause is BrokenConnectionException || IsOutageItself(cause));

    /// <summary>Whether a unique index or a foreign key was broken by somebody else's change.</summary>
    public bool IsConflict(Exception failure) => Causes(failure).Any(IsConflictItself);

    /// <summary>Whether a number does not fit its column, as a Telegram id in Django's <c>integer</c> on PostgreSQL.</summary>
    public bool IsOutOfRange(Exception failure) => Causes(failure).Any(IsOutOfRangeItself);

    protected abstract bool IsOutageItself(Exception failure);

    protected abstract bool IsConflictItself(Exception failure);

    protected abstract bool IsOutOfRangeItself(Exception failure);

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            yield return failure;
    }
}

/// <summary>A connection was gone before what a transaction asked of it.</summary>
internal sealed class BrokenConnectionException(Exception? inner = null) : DbException("The connection broke in the middle of a transaction.", inner);
