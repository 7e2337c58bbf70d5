using Shop.Testing;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>Every call of both sagas × every fault: docs/failure-matrix.md.</summary>
public sealed class FailureMatrixTests(MatrixRun run) : IClassFixture<MatrixRun>
{
    private static readonly string PageFile = Path.Combine(Repository.Root, "docs", "failure-matrix.md");

    public static TheoryData<string> Names => [.. Case.Of(Rows.All, Enum.GetValues<Fault>()).Select(order => order.Name)];

    public static TheoryData<string> TokenNames => [.. PaymentTokens.Ends.Keys];

    public static TheoryData<string> EventNames => [.. EventRow.All.Where(row => row.NotOfOrders is null).Select(row => row.Event)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_order_ends_right_whatever_happens_to_a_call(string name) => EndedRight(run.Cases[name]);

    [Theory]
    [MemberData(nameof(TokenNames))]
    public void An_order_ends_right_with_every_payment_token(string token) => EndedRight(run.Tokens[token]);

    [Theory]
    [MemberData(nameof(EventNames))]
    public void An_event_that_comes_twice_or_in_the_other_order_changes_nothing(string name)
    {
        run.HasRun();
        Assert.True(run.Events!.WasReplayed(name), $"none of the orders has caused a {name}");
        Assert.True(run.Events.Changes!.Count == 0, string.Join('\n', run.Events.Changes));
    }

    [Fact]
    public void Parcels_whose_events_come_in_the_other_order_at_first_end_right()
    {
        foreach (var order in EventCases.All)
            EndedRight(order);
    }

    [Fact]
    public void Afterwards_all_invariants_hold()
    {
        run.HasRun();
        Assert.True(run.Report!.IsOk, run.Report.ToText());
    }

    /// <summary>On a developer's machine the new page is written, to be read and committed.</summary>
    [Fact]
    public void The_page_of_the_matrix_is_what_was_found()
    {
        run.HasRun();
        var page = Page.Of(run.Cases, run.Tokens, run.Events!);
        TestContext.Current.TestOutputHelper!.WriteLine($"{page}\n{run.Times}");
        var before = File.Exists(PageFile) ? File.ReadAllText(PageFile) : "";
        if (before != page && Environment.GetEnvironmentVariable("CI") is null or "")
            File.WriteAllText(PageFile, page);
        Assert.True(before == page, $"docs/failure-matrix.md differs from what was found{(Environment.GetEnvironmentVariable("CI") is null or "" ? ", and was written again" : "")}.");
    }

    private void EndedRight(Case order)
    {
        if (order.Actual is null)
            run.HasRun();
        var failures = order.Failures();
        Assert.True(failures.Count == 0, $"{order.Name}: {string.Join("; ", failures)}");
    }
}
