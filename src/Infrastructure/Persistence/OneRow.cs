using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>A table of one row, so that a query can join to it what may be missing. It exists in no database: it is a query itself.</summary>
internal sealed class OneRow
{
    public int Id { get; init; }
}

internal sealed class OneRowTable : IEntityTypeConfiguration<OneRow>
{
    public void Configure(EntityTypeBuilder<OneRow> builder)
    {
        builder.HasNoKey().ToSqlQuery("SELECT 1 AS id");
        builder.Property(r => r.Id).HasColumnName("id");
    }
}
