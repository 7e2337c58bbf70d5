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
        attempt.HasIndex(a => a.OrderId);

        attempt.Property(a => a.Id).ValueGeneratedNever();
        attempt.Property(a => a.Step).HasMaxLength(20);
        attempt.Property(a => a.Outcome).HasMaxLength(40);
        attempt.Property(a => a.Error).HasMaxLength(500);
    }
}
