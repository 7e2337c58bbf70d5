

namespace Shop.Sagas.Store;

/// <summary>A saga that this replica may run: it holds the lease, and the version fences off earlier runs.</summary>
internal sealed record SagaClaim
{
    public required Guid Id { get; init; }
    public required string Type { get; init; }
    public required long Version { get; init; }
    public required string State { get; init; }

    /// <summary>The step to run next; null: the first.</summary>
    public string? Step { get; init; }
    public bool IsCompensating { get; init; }

    /// <summary>An earlier run ended without writing how far it came: steps after <see cref="Step"/>, up to the pivot, may have been attempted.</summary>
    public bool InDoubt { get; init; }

    public string? Reason { get; init; }

    /// <summary>Failed attempts of this step.</summary>
    public int Attempts { get; init; }

    /// <summary>From the claim to the deadline.</summary>
    public required TimeSpan TimeLeft { get; init; }

    /// <summary>When it was claimed (TimeProvider timestamp): lease and deadline count from here.</summary>
    public required long ClaimedAt { get; init; }

    public string? TraceParent { get; init; }
    public string? TraceState { get; init; }

    public static SagaClaim Started(SagaRow row, long now) => new()
    {
        Id = row.Id,
        Type = row.Type,
        Version = 0,
        State = row.State,
        TimeLeft = row.Within,
        ClaimedAt = now,
        TraceParent = row.TraceParent,
        TraceState = row.TraceState,
    };
}
