using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.PaymentProvider.Idempotency;

/// <summary>What a key was answered. Written in the transaction of the effect: both are there or neither. Kept for <see cref="AnswerRetention.KeptFor"/>.</summary>
public sealed class StoredAnswer
{
    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 of what was asked for: the same key for something else is refused.</summary>
    public required byte[] RequestHash { get; init; }

    public required int Status { get; init; }

    public required string Body { get; init; }

    /// <summary>Of the charge: it picks how answers are given, the second time, too.</summary>
    public required string Token { get; init; }

    public required DateTimeOffset AnsweredAt { get; init; }
}

internal sealed class StoredAnswerMapping : IEntityTypeConfiguration<StoredAnswer>
{
    public void Configure(EntityTypeBuilder<StoredAnswer> answer)
    {
        answer.ToTable("answers");
        answer.HasKey(a => a.IdempotencyKey).HasName("pk_answers");
        answer.HasIndex(a => a.AnsweredAt).HasDatabaseName("ix_answers_answered_at");

        answer.Property(a => a.IdempotencyKey).HasColumnName("idempotency_key").HasMaxLength(255);
        answer.Property(a => a.RequestHash).HasColumnName("request_hash");
        answer.Property(a => a.Status).HasColumnName("status");
        answer.Property(a => a.Body).HasColumnName("body");
        answer.Property(a => a.Token).HasColumnName("token").HasMaxLength(255);
        answer.Property(a => a.AnsweredAt).HasColumnName("answered_at");
    }
}
