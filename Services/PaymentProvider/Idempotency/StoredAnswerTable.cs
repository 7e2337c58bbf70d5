using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.PaymentProvider.Idempotency;

internal sealed class StoredAnswerTable : IEntityTypeConfiguration<StoredAnswer>
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
