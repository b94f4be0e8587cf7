using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>A conversation (table <c>marketbot_sessions</c>).</summary>
internal sealed class SessionRow
{
    public required TelegramId TelegramId { get; init; }

    public string? Awaited { get; init; }

    public string? Language { get; init; }

    public string? ClientLanguage { get; init; }

    public int SearchId { get; init; }

    public string? SearchText { get; init; }

    public DateTime UpdatedAt { get; init; }
}

/// <summary>A reserved attempt at a secret (table <c>marketbot_throttles</c>).</summary>
internal sealed class ThrottleRow
{
    public long Id { get; init; }

    /// <summary>Which limit it counts for.</summary>
    public required string Limit { get; init; }

    /// <summary>Whose limit: a Telegram id, or the keyed hash of an account's name.</summary>
    public required string Subject { get; init; }

    /// <summary>The update that was the attempt.</summary>
    public required long UpdateId { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Until when its outcome may still come; null: it counts.</summary>
    public DateTime? PendingUntil { get; init; }
}

/// <summary>A person the bot cannot write to (table <c>marketbot_reachability</c>).</summary>
internal sealed class ReachabilityRow
{
    public required TelegramId TelegramId { get; init; }

    public required DateTime BlockedAt { get; init; }
}

/// <summary>Instants of the bot's own tables are milliseconds since 1970, so that every database orders them alike.</summary>
internal sealed class UnixMillisecondsConverter() : ValueConverter<DateTime, long>(
    time => new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime);

internal sealed class SessionTable : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("marketbot_sessions");
        builder.HasKey(s => s.TelegramId);
        builder.Property(s => s.TelegramId).HasColumnName("telegram_id").ValueGeneratedNever();
        builder.Property(s => s.Awaited).HasColumnName("awaited").HasMaxLength(2048);
        builder.Property(s => s.Language).HasColumnName("language").HasMaxLength(2);
        builder.Property(s => s.ClientLanguage).HasColumnName("client_language").HasMaxLength(Session.MaxLanguageTagLength);
        builder.Property(s => s.SearchId).HasColumnName("search_id");
        builder.Property(s => s.SearchText).HasColumnName("search_text").HasMaxLength(64);
        builder.Property(s => s.UpdatedAt).HasColumnName("updated_at").HasConversion<UnixMillisecondsConverter>();
        builder.HasIndex(s => s.UpdatedAt).HasDatabaseName("marketbot_sessions_updated_at");
    }
}

internal sealed class AdminLoginTable : IEntityTypeConfiguration<AdminLogin>
{
    public void Configure(EntityTypeBuilder<AdminLogin> builder)
    {
        builder.ToTable("marketbot_admin_logins");
        builder.HasKey(l => l.TelegramId);
        builder.Property(l => l.TelegramId).HasColumnName("telegram_id").ValueGeneratedNever();
        builder.Property(l => l.AccountId).HasColumnName("account_id");
        builder.Property(l => l.Fingerprint).HasColumnName("fingerprint").HasMaxLength(64);
        builder.Property(l => l.At).HasColumnName("at").HasConversion<UnixMillisecondsConverter>();
    }
}

internal sealed class ThrottleTable : IEntityTypeConfiguration<ThrottleRow>
{
    public void Configure(EntityTypeBuilder<ThrottleRow> builder)
    {
        builder.ToTable("marketbot_throttles");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Id).HasColumnName("id");
        builder.Property(t => t.Limit).HasColumnName("limit_name").HasMaxLength(32);
        builder.Property(t => t.Subject).HasColumnName("subject").HasMaxLength(64);
        builder.Property(t => t.UpdateId).HasColumnName("update_id");
        builder.Property(t => t.At).HasColumnName("at").HasConversion<UnixMillisecondsConverter>();
        builder.Property(t => t.PendingUntil).HasColumnName("pending_until").HasConversion<UnixMillisecondsConverter>();
        builder.HasIndex(t => new { t.Limit, t.Subject, t.UpdateId }).IsUnique().HasDatabaseName("marketbot_throttles_attempt");
        builder.HasIndex(t => t.At).HasDatabaseName("marketbot_throttles_at");
    }
}

internal sealed class ReachabilityTable : IEntityTypeConfiguration<ReachabilityRow>
{
    public void Configure(EntityTypeBuilder<ReachabilityRow> builder)
    {
        builder.ToTable("marketbot_reachability");
        builder.HasKey(r => r.TelegramId);
        builder.Property(r => r.TelegramId).HasColumnName("telegram_id").ValueGeneratedNever();
        builder.Property(r => r.BlockedAt).HasColumnName("blocked_at").HasConversion<UnixMillisecondsConverter>();
    }
}
