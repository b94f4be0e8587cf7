using MarketBot.Domain.Shops;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MarketBot.Infrastructure.Persistence.Shops;

internal sealed class ShopTable : IEntityTypeConfiguration<Shop>
{
    public void Configure(EntityTypeBuilder<Shop> builder)
    {
        builder.ToTable("shops", table => table.ExcludeFromMigrations());
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).HasColumnName("id").ValueGeneratedOnAdd();
        builder.Property(s => s.Name).HasColumnName("name").HasMaxLength(Shop.MaxNameLength);
        builder.Property(s => s.Slug).HasColumnName("slug").HasMaxLength(Shop.MaxNameLength);
        builder.Property(s => s.ClientId).HasColumnName("client_id").HasMaxLength(Shop.MaxClientIdLength);
        builder.Property(s => s.ApiKey).HasColumnName("ozon_api_key").HasMaxLength(ApiKey.MaxLength);
        builder.Property(s => s.ShipperApiKey).HasColumnName("shipper_api_key").HasMaxLength(200);
        builder.Property(s => s.VendorName).HasColumnName("vendor_name").HasMaxLength(Shop.MaxNameLength);
        builder.Property(s => s.IsActive).HasColumnName("is_active");
        builder.Property(s => s.PriceUpdating).HasColumnName("price_updating");
        builder.HasMany(s => s.Warehouses).WithOne().HasForeignKey("ShopId");
    }
}

internal sealed class WarehouseTable : IEntityTypeConfiguration<Warehouse>
{
    public void Configure(EntityTypeBuilder<Warehouse> builder)
    {
        builder.ToTable("warehouses", table => table.ExcludeFromMigrations());
        builder.HasKey(w => w.Id);
        builder.Property(w => w.Id).HasColumnName("id");
        builder.Property(w => w.Name).HasColumnName("name").HasMaxLength(Shop.MaxNameLength);
        builder.Property(w => w.WarehouseId).HasColumnName("warehouse_id");
        builder.Property<ShopId>("ShopId").HasColumnName("shop_id");
    }
}

internal sealed class ShopBindingTable : IEntityTypeConfiguration<ShopBinding>
{
    public void Configure(EntityTypeBuilder<ShopBinding> builder)
    {
        builder.ToTable("tg_bot_telegramuser_shops", table => table.ExcludeFromMigrations());
        builder.HasKey(b => b.Id);
        builder.Property(b => b.Id).HasColumnName("id");
        builder.Property(b => b.ShopId).HasColumnName("shop_id");
        builder.Property<long>("UserId").HasColumnName("telegramuser_id");
        builder.HasOne(b => b.User).WithMany().HasForeignKey("UserId");
        builder.HasOne<Shop>().WithMany().HasForeignKey(b => b.ShopId);
    }
}
