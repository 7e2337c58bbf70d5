using Microsoft.Extensions.Options;
using Shop.Ordering.Checkout;
using Shop.Sagas;
using Shop.Sagas.Testing;
using Shop.Testing;

namespace Shop.Ordering.Tests.Checkout;

public sealed class Checkout_saga
{
    private static readonly CheckoutState Order = new()
    {
        OrderId = Guid.CreateVersion7(),
        MemberId = Guid.CreateVersion7(),
        Items = [new(Guid.CreateVersion7(), 2)],
        Total = 25_800,
        Currency = "KRW",
        PaymentToken = "tok_ok",
    };

    [Fact]
    public async Task A_good_checkout_takes_every_step_once()
    {
        var run = await Saga().RunAsync(Order);

        Assert.Equal(["reserve stock", "authorise payment", "confirm stock", "capture payment"], run.Steps);
        Assert.Equal((SagaStatus.Completed, null), (run.Status, run.Reason));
    }

    [Fact]
    public async Task A_declined_card_gives_the_stock_back()
    {
        var run = await Saga().Given("Authorise", Answer.Refused("payment_declined")).RunAsync(Order);

        Assert.Equal(["reserve stock", "authorise payment", "undo reserve stock"], run.Steps);
        Assert.Equal((SagaStatus.Compensated, "payment_declined"), (run.Status, run.Reason));
    }

    [Fact]
    public async Task What_is_not_there_costs_nothing()
    {
        var run = await Saga().Given("Reserve", Answer.Refused("out_of_stock")).RunAsync(Order);

        Assert.Equal(["reserve stock"], run.Steps);
        Assert.Equal("out_of_stock", run.Reason);
    }

    [Fact]
    public async Task A_capture_that_is_refused_undoes_everything_in_reverse()
    {
        var run = await Saga().Given("Capture", Answer.Refused("payment_declined")).RunAsync(Order);

        Assert.Equal(
            ["reserve stock", "authorise payment", "confirm stock", "capture payment", "undo confirm stock", "undo authorise payment", "undo reserve stock"],
            run.Steps);
    }

    private static SagaTest<CheckoutSaga> Saga() => SagaTest.Of<CheckoutSaga>().With(Options.Create(new CheckoutOptions()));
}
