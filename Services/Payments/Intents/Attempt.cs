using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Payments.Intents;

/// <summary>One time that the provider was asked to do something, and what is known of it. Kept for whoever has to explain a payment.</summary>
public sealed class Attempt
{
    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>authorise, capture, void, refund.</summary>
    public required string Step { get; init; }

    /// <summary>The charge's state afterwards, the reason of a refusal, or <c>unknown</c>.</summary>
    public required string Outcome { get; init; }

    public string? Error { get; init; }

    public required DateTimeOffset At { get; init; }

    public required TimeSpan Took { get; init; }
}

internal sealed class AttemptMapping : IEntityTypeConfiguration<Attempt>
{
    public void Configure(EntityTypeBuilder<Attempt> attempt)
    {
        attempt.ToTable("attempts");
        attempt.HasKey(a => a.Id).HasName("pk_attempts");
        attempt.HasIndex(a => a.OrderId).HasDatabaseName("ix_attempts_order_id");

        attempt.Property(a => a.Id).HasColumnName("id").ValueGeneratedNever();
        attempt.Property(a => a.OrderId).HasColumnName("order_id");
        attempt.Property(a => a.Step).HasColumnName("step").HasMaxLength(20);
        attempt.Property(a => a.Outcome).HasColumnName("outcome").HasMaxLength(40);
        attempt.Property(a => a.Error).HasColumnName("error").HasMaxLength(500);
        attempt.Property(a => a.At).HasColumnName("at");
        attempt.Property(a => a.Took).HasColumnName("took");
    }
}
