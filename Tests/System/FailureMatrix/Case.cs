namespace Shop.SystemTests.FailureMatrix;

/// <summary>One order of the matrix.</summary>
/// <param name="Name">For messages: the row and the fault.</param>
/// <param name="Expected">How it is to end.</param>
/// <param name="Fault">Null: nothing is done to its calls.</param>
internal sealed record Case(string Name, Row? Row, Fault? Fault, End Expected)
{
    public string Token { get; init; } = Row?.Expected.Token ?? PaymentToken.Ok;

    /// <summary>All there is of a product, so that it is sold out.</summary>
    public bool TakesTheLast { get; init; }

    public bool IsCancelled => Row?.Expected.IsCancelled == true;

    /// <summary>While its calling off waits at the proxy.</summary>
    public bool ParcelLeaves => Row is { } row && (row.Expected.ParcelLeaves || (row.RefusedByUpstream && Fault == FailureMatrix.Fault.Refused));

    // Of the run:
    public Order Order { get; private set; } = null!;

    public OrderScript Script { get; private set; } = null!;

    public bool IsPlaced => Order is not null;

    public Guid Id => Guid.Parse(Order.Id);

    public Guid MemberId { get; private set; }

    /// <summary>Null: the run has not got so far.</summary>
    public End? Actual { get; set; }

    /// <summary>What went wrong besides the end.</summary>
    public List<string> Problems { get; } = [];

    public static IReadOnlyList<Case> Of(IEnumerable<Row> rows, params IReadOnlyList<Fault> faults) =>
        [.. from row in rows from fault in faults where row.EndOf(fault) is not null select new Case($"{row.Key}, {fault.Title()}", row, fault, row.EndOf(fault)!)];

    public void Placed(Order order, Guid memberId) =>
        (Order, MemberId, Script) = (order, memberId, new OrderScript(order.Id, Row ?? Plain, Row is null ? null : Fault));

    /// <summary>Empty: the fault took place, and the order ended as it is to end.</summary>
    public IReadOnlyList<string> Failures()
    {
        if (Actual is null)
            return [.. Problems, "the run has not got so far"];

        var failures = new List<string>(Problems);
        if (Actual != Expected)
            failures.Add($"ended as {Actual} instead of {Expected}");
        if (Fault is { } fault && Row is { } row)
        {
            if (Script.Applied != 1)
                failures.Add($"the fault took place {Script.Applied} times instead of once");
            if (row.IsRepeated(fault) is { } repeated && (Script.CallsOf(row.HeldAt) - TriggerCalls > 1) != repeated)
                failures.Add($"the call was made {Script.CallsOf(row.HeldAt)} times, and was {(repeated ? "" : "not ")}to be repeated");
        }

        return failures.Count == 0 ? [] : [.. failures, $"the calls of order {Order.Id}: {Script.Seen}"];
    }

    private int TriggerCalls => Row?.Trigger is { } trigger && trigger.Method == Row.HeldAt ? trigger.Answers.Count : 0;

    private static Row Plain => new("–", "–", "–") { Expected = new(End.Confirmed) };
}
