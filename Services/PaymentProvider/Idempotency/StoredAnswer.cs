using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.PaymentProvider.Idempotency;

/// <summary>The answer of an idempotency key, written in the transaction of the effect. Kept for <see cref="AnswerRetention.KeptFor"/>.</summary>
public sealed class StoredAnswer
{
    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 of the request: the same key for another request is refused.</summary>
    public required byte[] RequestHash { get; init; }

    public required int Status { get; init; }

    public required string Body { get; init; }

    /// <summary>The charge's token: it also defines how a repeated answer is delivered.</summary>
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
