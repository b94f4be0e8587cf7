using Microsoft.EntityFrameworkCore;

namespace EfBot;

internal sealed class TelegramUser
{
    public long Id { get; set; }

    public long ChatId { get; set; }

    public bool IsBanned { get; set; }

    public bool IsActive { get; set; }

    public bool IsLoggedOut { get; set; }

    public List<Shop> Shops { get; } = [];
}

internal sealed class Shop
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public required string VendorName { get; set; }

    public bool IsActive { get; set; }

    public bool PriceUpdating { get; set; }

    public List<Warehouse> Warehouses { get; } = [];
}

internal sealed class Warehouse
{
    public long Id { get; set; }

    public long ShopId { get; set; }

    public required string Name { get; set; }
}

internal sealed class AuditRow
{
    public long Id { get; set; }

    /// <summary>Milliseconds since 1970.</summary>
    public long At { get; set; }

    public long Actor { get; set; }

    public required string Action { get; set; }

    public long ShopId { get; set; }

    public required string Before { get; set; }

    public required string After { get; set; }

    public long UpdateId { get; set; }
}

/// <summary>The marketplace's tables as MarketBot has them, and its table of the audit.</summary>
internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<TelegramUser> Users => Set<TelegramUser>();

    public DbSet<Shop> Shops => Set<Shop>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TelegramUser>(user =>
        {
            user.ToTable("tg_bot_telegramuser");
            user.Property(u => u.Id).HasColumnName("id");
            user.Property(u => u.ChatId).HasColumnName("chat_id");
            user.Property(u => u.IsBanned).HasColumnName("is_banned");
            user.Property(u => u.IsActive).HasColumnName("is_active");
            user.Property(u => u.IsLoggedOut).HasColumnName("is_logged_out");
            user.HasIndex(u => u.ChatId).IsUnique();
            user.HasMany(u => u.Shops).WithMany().UsingEntity(
                "tg_bot_telegramuser_shops",
                binding => binding.HasOne(typeof(Shop)).WithMany().HasForeignKey("shop_id"),
                binding => binding.HasOne(typeof(TelegramUser)).WithMany().HasForeignKey("telegramuser_id"));
        });
        modelBuilder.Entity<Shop>(shop =>
        {
            shop.ToTable("shops");
            shop.Property(s => s.Id).HasColumnName("id");
            shop.Property(s => s.Name).HasColumnName("name");
            shop.Property(s => s.VendorName).HasColumnName("vendor_name");
            shop.Property(s => s.IsActive).HasColumnName("is_active");
            shop.Property(s => s.PriceUpdating).HasColumnName("price_updating");
            shop.HasMany(s => s.Warehouses).WithOne().HasForeignKey(w => w.ShopId);
        });
        modelBuilder.Entity<Warehouse>(warehouse =>
        {
            warehouse.ToTable("warehouses");
            warehouse.Property(w => w.Id).HasColumnName("id");
            warehouse.Property(w => w.ShopId).HasColumnName("shop_id");
            warehouse.Property(w => w.Name).HasColumnName("name");
        });
        modelBuilder.Entity<AuditRow>(row =>
        {
            row.ToTable("marketbot_audit");
            row.Property(r => r.Id).HasColumnName("id");
            row.Property(r => r.At).HasColumnName("at");
            row.Property(r => r.Actor).HasColumnName("actor");
            row.Property(r => r.Action).HasColumnName("action");
            row.Property(r => r.ShopId).HasColumnName("shop_id");
            row.Property(r => r.Before).HasColumnName("before");
            row.Property(r => r.After).HasColumnName("after");
            row.Property(r => r.UpdateId).HasColumnName("update_id");
        });
    }
}
