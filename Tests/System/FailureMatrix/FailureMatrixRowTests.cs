using System.Reflection;
using Shop.Sagas;
using Shop.Sagas.Testing;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>The tables of the matrix are whole. These tests need no run.</summary>
public sealed class FailureMatrixRowTests
{
    [Fact]
    public void Every_step_compensation_and_end_of_both_sagas_has_its_row() =>
        Assert.Equal(["CheckoutSaga", "RefundSaga"], Rows.All.Select(row => row.Saga).Distinct());

    [Fact]
    public async Task A_new_step_without_a_row_is_an_error()
    {
        var outline = await SagaTest.Of<SplittingSaga>().OutlineAsync(new SplittingState());
        var failure = Assert.Throws<InvalidOperationException>(() => Rows.RowsOf(outline));
        Assert.Contains("'SplittingSaga: undo split parcel' has no row", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'CheckoutSaga: reserve stock' is in the table, but in no saga", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_event_of_the_contracts_has_its_row() => Assert.NotEmpty(EventRow.All);

    [Fact]
    public void A_new_event_without_a_row_is_an_error()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => EventRow.RowsOf([.. EventRow.Contract(), ("OrderSplit", "shop.orders.v1")]));
        Assert.Contains("the event OrderSplit has no row", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_payment_token_has_its_row() =>
        Assert.Equal(typeof(PaymentToken).GetFields(BindingFlags.Public | BindingFlags.Static).Select(token => (string)token.GetRawConstantValue()!).Order(), PaymentTokens.Ends.Keys.Order());

    internal sealed record SplittingState;

    internal sealed class SplittingSaga : Saga<SplittingState>
    {
        protected override void Define(ISagaBuilder<SplittingState> saga) =>
            saga.Within(TimeSpan.FromMinutes(1)).Step("split parcel", (_, _, _) => Task.FromResult(StepResult.Done), undo: (_, _, _) => Task.FromResult(StepResult.Done));
    }
}
