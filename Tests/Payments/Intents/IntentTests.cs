using Shop.Payments.Intents;
using Shop.Payments.Provider;

namespace Shop.Payments.Tests.Intents;

public sealed class IntentTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(nameof(ChargeState.Authorised), "authorised", nameof(Transition.Authorise))]
    [InlineData(nameof(ChargeState.Captured), "captured", nameof(Transition.Authorise), nameof(Transition.Capture))]
    [InlineData(nameof(ChargeState.Voided), "voided", nameof(Transition.Authorise), nameof(Transition.Void))]
    [InlineData(nameof(ChargeState.Refunded), "refunded", nameof(Transition.Authorise), nameof(Transition.Capture), nameof(Transition.Refund))]
    [InlineData(nameof(ChargeState.Declined), "declined", nameof(Transition.Decline))]
    public void Missing_transitions_are_applied_in_order(string state, string status, params string[] transitions)
    {
        var intent = Open();

        Assert.Equal(transitions, intent.Apply(In(Enum.Parse<ChargeState>(state)), Now).Select(applied => applied.Transition.ToString()));
        Assert.Equal(status, intent.Status);
    }

    [Fact]
    public void The_same_answer_again_changes_nothing()
    {
        var intent = Open();
        intent.Apply(In(ChargeState.Captured), Now);

        Assert.Empty(intent.Apply(In(ChargeState.Captured), Now));
        Assert.True(intent.HasRecorded(In(ChargeState.Captured)));
    }

    [Fact]
    public void An_older_answer_changes_nothing()
    {
        var intent = Open();
        intent.Apply(In(ChargeState.Refunded), Now);

        Assert.Empty(intent.Apply(In(ChargeState.Captured), Now));
        Assert.Equal("refunded", intent.Status);
        Assert.True(intent.HasRecorded(In(ChargeState.Authorised)));
        Assert.False(Open().HasRecorded(In(ChargeState.Authorised)));
    }

    [Fact]
    public void Partial_refunds_add_up_and_only_all_of_it_is_refunded()
    {
        var intent = Open();
        intent.Apply(In(ChargeState.Captured), Now);

        Assert.Equal([new AppliedTransition(Transition.Refund, 300, 300)], intent.Apply(In(ChargeState.Captured) with { Refunded = 300 }, Now));
        Assert.Equal(("captured", 300), (intent.Status, intent.Refunded));
        Assert.Equal([new AppliedTransition(Transition.Refund, 700, 1000)], intent.Apply(In(ChargeState.Refunded), Now));
        Assert.Equal(("refunded", 1000), (intent.Status, intent.Refunded));
    }

    [Fact]
    public void An_answer_from_before_a_partial_refund_takes_nothing_back()
    {
        var intent = Open();
        intent.Apply(In(ChargeState.Captured) with { Refunded = 300 }, Now);

        Assert.Empty(intent.Apply(In(ChargeState.Captured), Now));
        Assert.Empty(intent.Apply(In(ChargeState.Captured) with { Refunded = 200 }, Now));
        Assert.Equal(("captured", 300), (intent.Status, intent.Refunded));
        Assert.True(intent.HasRecorded(In(ChargeState.Captured) with { Refunded = 200 }));
        Assert.False(intent.HasRecorded(In(ChargeState.Captured) with { Refunded = 301 }));
    }

    [Fact]
    public void A_late_charge_of_a_tombstone_is_new()
    {
        var intent = Intent.Tombstone(Guid.CreateVersion7(), Now);
        intent.CloseWithoutCharge(Now);

        Assert.Equal([Transition.Authorise, Transition.Void], intent.Apply(In(ChargeState.Voided), Now).Select(applied => applied.Transition));
        Assert.Equal((1000, "KRW"), (intent.Amount, intent.Currency));
    }

    [Fact]
    public void A_charge_of_another_amount_is_not_applied()
    {
        var intent = Open();

        Assert.Throws<InvalidOperationException>(() => intent.Apply(In(ChargeState.Authorised) with { Amount = 999 }, Now));
        Assert.Throws<InvalidOperationException>(() => intent.Apply(In(ChargeState.Authorised) with { Currency = "USD" }, Now));
        Assert.Equal("pending", intent.Status);
    }

    private static Intent Open() => Intent.Open(Guid.CreateVersion7(), new PaymentTerms(Guid.CreateVersion7(), 1000, "KRW"), Now);

    private static Charge In(ChargeState state) => new("ch_1", state, 1000, "KRW", state == ChargeState.Refunded ? 1000 : 0, 0, state == ChargeState.Declined ? "payment_declined" : null);
}
