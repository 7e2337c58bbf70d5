namespace Shop.SystemTests.FailureMatrix;

/// <summary>A row of the matrix: a call of a saga's step or compensation, or the local transaction of a saga's end; and the order that gets there.</summary>
/// <param name="Step">With its direction: "undo reserve stock".</param>
/// <param name="Method">The method that is called; null for an end, which is local.</param>
internal sealed record Row(string Saga, string Step, string? Method)
{
    /// <summary>Null: it cannot run at all.</summary>
    public required Expectation Expected { get; init; }

    public bool IsLocal => Method is null;

    public string Upstream => Method is null ? "–" : Method.Split('.')[1];

    public string Key => $"{Saga}: {Step}";

    /// <summary>Where the proxy waits or fails: at the call, or, for an end, at the last call before it.</summary>
    public string HeldAt => Method ?? Expected.LastCall!;

    public string? Refusal => Expected.Refusal;

    public bool RefusedByUpstream => Expected.RefusedByUpstream;

    public Trigger? Trigger => Expected.Trigger;

    /// <summary>Null: not applicable to this row.</summary>
    public End? EndOf(Fault fault) => fault switch
    {
        _ when IsLocal && fault is not (Fault.OrderingKilledBefore or Fault.OrderingKilledStored or Fault.DatabaseRestartedBefore) => null,
        Fault.Refused when Expected.IfRefused is { } end => end,
        _ => Expected.End,
    };

    /// <summary>Null: depends on timing.</summary>
    public bool? IsRepeated(Fault fault) => fault switch
    {
        _ when IsLocal => null,
        Fault.Refused => Expected.IfRefused is null,
        _ => fault.IsRepeated(),
    };
}

/// <summary>What the table says of a row.</summary>
/// <param name="End">Whatever happens to the call, unless it is refused.</param>
internal sealed record Expectation(End End)
{
    public string Token { get; init; } = PaymentToken.Ok;

    /// <summary>The member cancels the order once it is confirmed.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>The parcel is dispatched while its calling off is on its way, so that Shipping refuses it.</summary>
    public bool ParcelLeaves { get; init; }

    /// <summary>Null: a refusal does not change the end, because the call is repeated until it succeeds.</summary>
    public End? IfRefused { get; init; }

    public string Refusal { get; init; } = "refused_by_test";

    /// <summary>The proxy does not refuse in the upstream's name, because the refusal would not be true.</summary>
    public bool RefusedByUpstream { get; init; }

    public Trigger? Trigger { get; init; }

    /// <summary>Of an end: the last call before it.</summary>
    public string? LastCall { get; init; }
}

/// <summary>Answers to the first calls of a method, which bring the order to the row's step.</summary>
internal sealed record Trigger(string Method, IReadOnlyList<Func<Func<Task<GrpcAnswer>>, Task<GrpcAnswer>>> Answers);
