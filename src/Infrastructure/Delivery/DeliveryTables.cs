using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>Where an update of the inbox is.</summary>
internal enum InboxState : short
{
    /// <summary>Stored, its effect is not.</summary>
    New = 0,

    /// <summary>Its effect is stored, its reply perhaps not sent.</summary>
    Applied = 1,

    /// <summary>Over; kept without content, to recognise a late copy.</summary>
    Done = 2,

    /// <summary>Could not be handled; kept for an operator.</summary>
    Dead = 3,
}

/// <summary>An update between Telegram and the screens (table <c>marketbot_inbox</c>).</summary>
internal sealed class InboxRow
{
    public long Id { get; init; }

    public required long BotId { get; init; }

    public required long UpdateId { get; init; }

    public required long Lane { get; init; }

    public required InboxState State { get; init; }

    /// <summary>Which key the payload is encrypted under.</summary>
    public required string KeyId { get; init; }

    /// <summary>The update's JSON, encrypted; erased when it is done.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>The reply that was committed with the effect, encrypted; erased when it is sent.</summary>
    public byte[]? Reply { get; init; }

    public required DateTime ReceivedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    public int Tries { get; init; }

    public string? Reason { get; init; }
}

/// <summary>A message that must arrive (table <c>marketbot_outbox</c>).</summary>
internal sealed class OutboxRow
{
    public long Id { get; init; }

    public required TelegramId ChatId { get; init; }

    /// <summary>A second message of the same name is not added.</summary>
    public required string Name { get; init; }

    public string? Notice { get; init; }

    /// <summary>What the notice is about, in JSON.</summary>
    public string? Arguments { get; init; }

    public byte[]? Reply { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime DueAt { get; init; }

    /// <summary>When it was made to wait; null: it never was, and is due however the clock stands.</summary>
    public DateTime? WaitsSince { get; init; }

    public int Tries { get; init; }

    /// <summary>How many sends ended, or may have ended, without anybody knowing how.</summary>
    public int UncertainSends { get; init; }

    /// <summary>Why it will never arrive; null while it may.</summary>
    public string? Reason { get; init; }

    /// <summary>A notice that is due at once; without a name, it may be added again.</summary>
    public static OutboxRow Of(TelegramId person, string notice, string? arguments, DateTime now, string? name = null) => new()
    {
        ChatId = person,
        Name = name ?? $"{Guid.NewGuid():N}",
        Notice = notice,
        Arguments = arguments,
        CreatedAt = now,
        DueAt = now,
    };
}

/// <summary>Who changed what (table <c>marketbot_audit</c>).</summary>
internal sealed class AuditRow
{
    public long Id { get; init; }

    public required DateTime At { get; init; }

    /// <summary>The Telegram id; null for the command line.</summary>
    public long? Actor { get; init; }

    public required string Action { get; init; }

    public long? ShopId { get; init; }

    public long? Person { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public long? UpdateId { get; init; }
}

/// <summary>What one process at a time has (table <c>marketbot_leases</c>).</summary>
internal sealed class LeaseRow
{
    /// <summary><c>leader</c>, <c>slot:00</c> to <c>slot:63</c>, or <c>instance:</c> and a process's name.</summary>
    public required string Name { get; init; }

    /// <summary>The process; null when it is free.</summary>
    public string? Owner { get; init; }

    /// <summary>Grows with each change of hands.</summary>
    public required long Epoch { get; init; }

    /// <summary>On the database's clock.</summary>
    public required DateTime ExpiresAt { get; init; }
}

internal sealed class LeaseTable : IEntityTypeConfiguration<LeaseRow>
{
    public void Configure(EntityTypeBuilder<LeaseRow> builder)
    {
        builder.ToTable("marketbot_leases");
        builder.HasKey(r => r.Name);
        builder.Property(r => r.Name).HasColumnName("name").HasMaxLength(48);
        builder.Property(r => r.Owner).HasColumnName("owner").HasMaxLength(32);
        builder.Property(r => r.Epoch).HasColumnName("epoch");
        builder.Property(r => r.ExpiresAt).HasColumnName("expires_at").HasConversion<UnixMillisecondsConverter>();
    }
}

internal sealed class InboxTable : IEntityTypeConfiguration<InboxRow>
{
    public void Configure(EntityTypeBuilder<InboxRow> builder)
    {
        builder.ToTable("marketbot_inbox");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).HasColumnName("id");
        builder.Property(r => r.BotId).HasColumnName("bot_id");
        builder.Property(r => r.UpdateId).HasColumnName("update_id");
        builder.Property(r => r.Lane).HasColumnName("lane");
        builder.Property(r => r.State).HasColumnName("state");
        builder.Property(r => r.KeyId).HasColumnName("key_id").HasMaxLength(16);
        builder.Property(r => r.Payload).HasColumnName("payload");
        builder.Property(r => r.Reply).HasColumnName("reply");
        builder.Property(r => r.ReceivedAt).HasColumnName("received_at").HasConversion<UnixMillisecondsConverter>();
        builder.Property(r => r.EndedAt).HasColumnName("ended_at").HasConversion<UnixMillisecondsConverter>();
        builder.Property(r => r.Tries).HasColumnName("tries");
        builder.Property(r => r.Reason).HasColumnName("reason").HasMaxLength(256);
        builder.HasIndex(r => new { r.BotId, r.UpdateId }).IsUnique().HasDatabaseName("marketbot_inbox_update");
        builder.HasIndex(r => r.Id).HasFilter("state < 2").HasDatabaseName("marketbot_inbox_open");
        builder.HasIndex(r => r.EndedAt).HasFilter("state >= 2").HasDatabaseName("marketbot_inbox_ended");
    }
}

internal sealed class OutboxTable : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("marketbot_outbox");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).HasColumnName("id");
        builder.Property(r => r.ChatId).HasColumnName("chat_id");
        builder.Property(r => r.Name).HasColumnName("name").HasMaxLength(96);
        builder.Property(r => r.Notice).HasColumnName("notice").HasMaxLength(32);
        builder.Property(r => r.Arguments).HasColumnName("arguments");
        builder.Property(r => r.Reply).HasColumnName("reply");
        builder.Property(r => r.CreatedAt).HasColumnName("created_at").HasConversion<UnixMillisecondsConverter>();
        builder.Property(r => r.DueAt).HasColumnName("due_at").HasConversion<UnixMillisecondsConverter>();
        builder.Property(r => r.WaitsSince).HasColumnName("waits_since").HasConversion<UnixMillisecondsConverter>();
        builder.Property(r => r.Tries).HasColumnName("tries");
        builder.Property(r => r.UncertainSends).HasColumnName("uncertain_sends");
        builder.Property(r => r.Reason).HasColumnName("reason").HasMaxLength(256);
        builder.HasIndex(r => r.Name).IsUnique().HasDatabaseName("marketbot_outbox_name");
        builder.HasIndex(r => r.DueAt).HasFilter("reason IS NULL").HasDatabaseName("marketbot_outbox_due");
        builder.HasIndex(r => r.ChatId).HasDatabaseName("marketbot_outbox_chat");
    }
}

internal sealed class AuditTable : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("marketbot_audit");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).HasColumnName("id");
        builder.Property(r => r.At).HasColumnName("at").HasConversion<UnixMillisecondsConverter>();
        builder.Property(r => r.Actor).HasColumnName("actor");
        builder.Property(r => r.Action).HasColumnName("action").HasMaxLength(64);
        builder.Property(r => r.ShopId).HasColumnName("shop_id");
        builder.Property(r => r.Person).HasColumnName("person");
        builder.Property(r => r.Before).HasColumnName("before").HasMaxLength(160);
        builder.Property(r => r.After).HasColumnName("after").HasMaxLength(160);
        builder.Property(r => r.UpdateId).HasColumnName("update_id");
        builder.HasIndex(r => new { r.ShopId, r.Id }).HasDatabaseName("marketbot_audit_shop");
        builder.HasIndex(r => r.At).HasDatabaseName("marketbot_audit_at");
    }
}
