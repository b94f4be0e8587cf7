using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>How far the watch over others' changes has come (table <c>marketbot_watch</c>, one row; none before the first look).</summary>
internal sealed class WatchRow
{
    /// <summary>The only row's key.</summary>
    public const int Only = 1;

    public required int Id { get; init; }

    /// <summary>The last row of the audit that was old enough at the last look for none to appear before it.</summary>
    public required long AuditId { get; init; }
}

/// <summary>A person who was told of their ban (table <c>marketbot_known_bans</c>).</summary>
internal sealed class KnownBanRow
{
    public required TelegramId TelegramId { get; init; }
}

/// <summary>The switches of a shop as its sellers know them (table <c>marketbot_known_shops</c>); only shops that have, or had, sellers.</summary>
internal sealed class KnownShopRow
{
    public required ShopId ShopId { get; init; }

    public required bool IsActive { get; init; }

    public required bool PriceUpdating { get; init; }

    /// <summary>The last row of the audit about the shop that they know of.</summary>
    public required long AuditId { get; init; }
}

/// <summary>
/// What a look has found for a person and not told yet (table <c>marketbot_notices</c>): however many shops somebody switched, and however
/// many transactions that takes, it becomes one message. Moved into the outbox at the look's end.
/// </summary>
internal sealed class NoticeRow
{
    public required TelegramId TelegramId { get; init; }

    public required string Notice { get; init; }

    /// <summary>Whose doing it was; 0: somebody's on the marketplace's own site.</summary>
    public required long Author { get; init; }

    /// <summary>What it is about, in JSON.</summary>
    public required string Arguments { get; set; }
}

internal sealed class WatchTable : IEntityTypeConfiguration<WatchRow>
{
    public void Configure(EntityTypeBuilder<WatchRow> builder)
    {
        builder.ToTable("marketbot_watch");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(r => r.AuditId).HasColumnName("audit_id");
    }
}

internal sealed class KnownBanTable : IEntityTypeConfiguration<KnownBanRow>
{
    public void Configure(EntityTypeBuilder<KnownBanRow> builder)
    {
        builder.ToTable("marketbot_known_bans");
        builder.HasKey(r => r.TelegramId);
        builder.Property(r => r.TelegramId).HasColumnName("telegram_id").ValueGeneratedNever();
    }
}

internal sealed class KnownShopTable : IEntityTypeConfiguration<KnownShopRow>
{
    public void Configure(EntityTypeBuilder<KnownShopRow> builder)
    {
        builder.ToTable("marketbot_known_shops");
        builder.HasKey(r => r.ShopId);
        builder.Property(r => r.ShopId).HasColumnName("shop_id").ValueGeneratedNever();
        builder.Property(r => r.IsActive).HasColumnName("is_active");
        builder.Property(r => r.PriceUpdating).HasColumnName("price_updating");
        builder.Property(r => r.AuditId).HasColumnName("audit_id").HasDefaultValue(0L);
    }
}

internal sealed class NoticeTable : IEntityTypeConfiguration<NoticeRow>
{
    public void Configure(EntityTypeBuilder<NoticeRow> builder)
    {
        builder.ToTable("marketbot_notices");
        builder.HasKey(r => new { r.TelegramId, r.Notice, r.Author });
        builder.Property(r => r.TelegramId).HasColumnName("telegram_id").ValueGeneratedNever();
        builder.Property(r => r.Notice).HasColumnName("notice").HasMaxLength(32);
        builder.Property(r => r.Author).HasColumnName("author").ValueGeneratedNever();
        builder.Property(r => r.Arguments).HasColumnName("arguments");
    }
}
