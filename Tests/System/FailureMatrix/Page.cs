using System.Text;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>Writes docs/failure-matrix.md from the table and what the run has found.</summary>
internal static class Page
{
    private const string Intro = """
        # The failure matrix

        <!-- Written by Tests/System/FailureMatrix: change it there. -->

        **Problem.** A saga over five services can fail at every call, in every way, and each of these cases has its own right end. Tests of some cases leave the others to luck.

        **Here.** One system test places an order for each case: every call of both sagas ([checkout](saga.md), [cancel and refund](refund.md)), each compensation included, × every fault. The calls come from the sagas' own definitions (`SagaTest.OutlineAsync`), the ends from the table in `Tests/System/FailureMatrix/Rows.cs`; a step without a row in that table is a failed test, and so is a row without a step. The test writes this page, and fails if it differs.

        Ordering calls its upstreams through a proxy in the test's process (`FaultProxy.cs`), which knows the order of each call and what is to happen to it: it refuses, fails, or waits, before or after the call has had its effect. Cases that need the same kill share it: all of them are brought to their call, which waits at the proxy, and then the processes die once (SIGKILL). Every case checks that its fault took place exactly once, and whether the call was repeated; the order's status and reason, its money at the provider, stock, coupon and shipment are as below; and at the end all [invariants](crashes.md) hold, by `tools/Checker`.

        Every order has a coupon, so that all steps apply. ↻: the call is repeated and finds out what became of the first one. –: not applicable.

        **See it.** `./shop test FailureMatrixTests`

        """;

    private const string Notes = """

        - *Refused*: the proxy refuses in the upstream's name, with a reason of that upstream. The shipment's calling off is refused by Shipping itself, because the parcel is dispatched while the call is on its way. What is refused past the pivot, or while the saga compensates, is repeated until it succeeds.
        - *UNAVAILABLE* is the proxy's answer to the first call. *Timeout*: Ordering gives the call up after its deadline; the call has had its effect or has not.
        - *Stored*: the saga's log has the outcome, and the next call waits at the proxy. The outcome of a saga's last call is stored with its end. Then the call is not repeated.
        - *The upstream killed*: all four upstreams at once. *The databases killed*: the PostgreSQL server, and with it the databases of all services. Whether a call is repeated then depends on which of the connections breaks first.
        - *undo capture payment* runs if the capture is refused after an attempt whose outcome is unknown, or if an operator or the member asks for compensation while the saga is at its pivot; the deadline never leads to it. Here the answer to the first call is lost after its effect, and the second is a refusal.
        - *reserve stock* and the other steps before the pivot are compensated in the rows *undo …*, by an order whose capture the provider refuses.
        - Ends (*confirm order* …) call no other service. They are one local transaction, which waits for the order's row, locked by the test, when Ordering or the database is killed.
        - In the refund saga the pivot is the first step, so no step has a compensation ([cancel and refund](refund.md)); *resume order* is the end of a refused pivot.

        ## How orders end

        | end | money at the provider | stock | coupon | shipment |
        |---|---|---|---|---|

        """;

    public static string Of(IReadOnlyDictionary<string, Case> cases, IReadOnlyDictionary<string, Case> tokens, EventCases events)
    {
        var text = new StringBuilder(Intro);
        foreach (var saga in Rows.All.GroupBy(row => row.Saga))
        {
            text.Append('\n').Append("## ").Append(saga.Key).Append("\n\n");
            Line(text, ["step", "upstream", .. Enum.GetValues<Fault>().Select(FaultNames.Title)]);
            Line(text, Enumerable.Repeat("---", 2 + Enum.GetValues<Fault>().Length), separator: "|");
            foreach (var row in saga)
                Line(text, [row.Step, row.Upstream, .. Enum.GetValues<Fault>().Select(fault => Cell(row, fault, cases))]);
        }

        text.Append(Notes);
        foreach (var end in cases.Values.Concat(tokens.Values).Concat(EventCases.All).Select(order => order.Actual ?? order.Expected).Distinct().OrderBy(end => end.Text, StringComparer.Ordinal))
            Line(text, [end.Text, end.Money, end.Stock, end.Coupon, end.Shipment]);

        text.Append("\n## Payment tokens\n\n");
        Line(text, ["token", "end"]);
        Line(text, ["---", "---"], separator: "|");
        foreach (var (token, order) in tokens)
            Line(text, [$"`{token}`", (order.Actual ?? order.Expected).Text]);

        text.Append("""

            ## Events

            All events of orders that have ended in every way are published again: first as they were (same id, key, headers and bytes), then in the reverse order under ids that no inbox has seen, so that the handlers see them again. *Nothing changes* means: no order, stock, reservation, payment, posting, charge, coupon, shipment, notification, saga, event or dead letter.


            """);
        Line(text, ["event", "delivered twice", "in the other order"]);
        Line(text, ["---", "---", "---"], separator: "|");
        foreach (var row in EventRow.All.Where(row => row.NotOfOrders is null))
        {
            var found = events.Changes is { Count: 0 } && events.WasReplayed(row.Event) ? "nothing changes" : "it changes something";
            Line(text, [$"`{row.Event}`", found, found]);
        }
        text.Append('\n');
        foreach (var reason in EventRow.All.Where(row => row.NotOfOrders is not null).GroupBy(row => row.NotOfOrders))
            text.Append("- Not in the table: ").AppendJoin(", ", reason.Select(row => $"`{row.Event}`")).Append(". ").Append(reason.Key).Append('\n');

        text.Append("\nThe events that Ordering handles, when they come in the other order for the first time:\n\n");
        Line(text, ["events", "end"]);
        Line(text, ["---", "---"], separator: "|");
        foreach (var order in new[] { EventCases.DeliveredFirst, EventCases.FailedFirst })
            Line(text, [order.Name, (order.Actual ?? order.Expected).Text]);
        return text.ToString();
    }

    private static string Cell(Row row, Fault fault, IReadOnlyDictionary<string, Case> cases) =>
        cases.TryGetValue($"{row.Key}, {fault.Title()}", out var order)
            ? $"{(order.Actual ?? order.Expected).Text}{(row.IsRepeated(fault) == true ? " ↻" : "")}"
            : "–";

    private static void Line(StringBuilder text, IEnumerable<string> cells, string separator = " | ") =>
        text.Append(separator.TrimStart()).AppendJoin(separator, cells).Append(separator.TrimEnd()).Append('\n');
}
