using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Sqlite.Migrations.Internal;

namespace MarketBot.Infrastructure.Persistence.Sqlite;

#pragma warning disable EF1001 // The name of the lock's table can be changed nowhere else.
/// <summary>In a marketplace's database every table of ours is named <c>marketbot_*</c>, also the one that EF Core locks while it migrates.</summary>
internal sealed class SqliteMigrationHistory(HistoryRepositoryDependencies dependencies) : SqliteHistoryRepository(dependencies)
{
    protected override string LockTableName => "marketbot_migrations_lock";
}
#pragma warning restore EF1001
