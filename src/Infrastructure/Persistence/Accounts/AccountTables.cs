using MarketBot.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MarketBot.Infrastructure.Persistence.Accounts;

internal sealed class TelegramUserTable : IEntityTypeConfiguration<TelegramUser>
{
    public void Configure(EntityTypeBuilder<TelegramUser> builder)
    {
        builder.ToTable("tg_bot_telegramuser", table => table.ExcludeFromMigrations());
        builder.HasKey(u => u.Id);
        builder.Property(u => u.Id).HasColumnName("id");
        builder.Property(u => u.TelegramId).HasColumnName("chat_id");
        builder.Property(u => u.FirstName).HasColumnName("first_name").HasMaxLength(TelegramProfile.MaxNameLength);
        builder.Property(u => u.LastName).HasColumnName("last_name").HasMaxLength(TelegramProfile.MaxNameLength);
        builder.Property(u => u.Username).HasColumnName("username").HasMaxLength(TelegramProfile.MaxNameLength);
        builder.Property(u => u.Role).HasColumnName("role").HasMaxLength(2);
        builder.Property(u => u.CreatedAt).HasColumnName("created_at");
        builder.Property(u => u.IsBanned).HasColumnName("is_banned");
        builder.Property(u => u.IsActive).HasColumnName("is_active");
        builder.Property(u => u.IsLoggedOut).HasColumnName("is_logged_out");
        builder.HasIndex(u => u.TelegramId).IsUnique();
    }
}

internal sealed class MarketplaceAccountTable : IEntityTypeConfiguration<MarketplaceAccount>
{
    /// <summary>Columns of <c>auth_user</c> that the bot only fills, since Django gives no column a default.</summary>
    public static readonly string[] EmptyTexts = ["first_name", "last_name", "email"];

    public void Configure(EntityTypeBuilder<MarketplaceAccount> builder)
    {
        builder.ToTable("auth_user", table => table.ExcludeFromMigrations());
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).HasColumnName("id");
        builder.Property(a => a.Username).HasColumnName("username").HasMaxLength(MarketplaceAccount.MaxUsernameLength);
        builder.Property(a => a.PasswordHash).HasColumnName("password").HasMaxLength(128);
        builder.Property(a => a.IsActive).HasColumnName("is_active");
        builder.Property(a => a.DateJoined).HasColumnName("date_joined");
        builder.Property<DateTime?>("last_login").HasColumnName("last_login");
        builder.Property<bool>("is_superuser").HasColumnName("is_superuser");
        builder.Property<bool>("is_staff").HasColumnName("is_staff");
        foreach (var column in EmptyTexts)
            builder.Property<string>(column).HasColumnName(column).IsRequired();

        builder.HasMany(a => a.Groups).WithMany().UsingEntity<Dictionary<string, object>>(
            "auth_user_groups",
            membership => membership.HasOne<AccountGroup>().WithMany().HasForeignKey("group_id"),
            membership => membership.HasOne<MarketplaceAccount>().WithMany().HasForeignKey("user_id"),
            membership =>
            {
                membership.ToTable("auth_user_groups", table => table.ExcludeFromMigrations());
                membership.IndexerProperty<long>("id").ValueGeneratedOnAdd();
                membership.HasKey("id");
            });
    }
}

internal sealed class AccountGroupTable : IEntityTypeConfiguration<AccountGroup>
{
    public void Configure(EntityTypeBuilder<AccountGroup> builder)
    {
        builder.ToTable("auth_group", table => table.ExcludeFromMigrations());
        builder.HasKey(g => g.Id);
        builder.Property(g => g.Id).HasColumnName("id");
        builder.Property(g => g.Name).HasColumnName("name").HasMaxLength(AccountGroup.MaxNameLength);
    }
}
