using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Shop.Messaging.Tests.V1;
using Shop.Sagas;
using Shop.Sagas.Testing;

namespace Shop.Sagas.Tests;

/// <summary>The kit with which services test their sagas, on a saga with gRPC calls.</summary>
public sealed class SagaTestTests
{
    [Fact]
    public async Task A_saga_that_goes_well_calls_each_step_once()
    {
        var run = await SagaTest.Of<CallingSaga>().Given("Reserve", Answer.Of(new ReserveAnswer { Reservation = "r1" })).RunAsync(new CallingState());
        Assert.Equal(["reserve", "pay"], run.Steps);
        Assert.Equal(SagaStatus.Completed, run.Status);
        Assert.Equal("r1", Assert.IsType<CallingState>(run.State).Reservation);
        Assert.Equal([$"{run.Id}/reserve/do", $"{run.Id}/pay/do"], run.Requests<StepRequest>().Select(request => request.IdempotencyKey));
    }

    [Theory]
    [InlineData("not_enough_money")]
    [InlineData("declined")]
    public async Task A_refusal_gives_its_reason_and_undoes_what_was_done(string reason)
    {
        var run = await SagaTest.Of<CallingSaga>().Given("Pay", Answer.Refused(reason)).RunAsync(new CallingState());
        Assert.Equal(["reserve", "pay", "undo reserve"], run.Steps);
        Assert.Equal(["Reserve", "Pay", "Release"], run.Calls);
        Assert.Equal((SagaStatus.Compensated, reason), (run.Status, run.Reason));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Unauthenticated)]
    public async Task An_unknown_outcome_is_retried(StatusCode status)
    {
        var run = await SagaTest.Of<CallingSaga>().Given("Pay", Answer.Fails(status), Answer.Fails(status), Answer.Done).RunAsync(new CallingState());
        Assert.Equal(["reserve done", "pay failed", "pay failed", "pay done", "finish done"], run.Outcomes);
        Assert.Single(run.Requests<StepRequest>().Where(request => request.IdempotencyKey.Contains("pay", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public async Task An_upstream_that_stays_unavailable_ends_at_the_deadline_without_waiting_for_it()
    {
        var run = await SagaTest.Of<CallingSaga>().Given("Reserve", Answer.Fails()).RunAsync(new CallingState());
        Assert.Equal((SagaStatus.Compensated, "timed_out"), (run.Status, run.Reason));
        Assert.Equal("Release", run.Calls[^1]);
    }

    [Fact]
    public async Task An_outline_has_every_step_with_the_calls_of_both_directions()
    {
        var outline = await SagaTest.Of<CallingSaga>().OutlineAsync(new CallingState());
        var service = $"/{StockService.Descriptor.FullName}";
        Assert.Equal(("CallingSaga", "finish", "on failure"), (outline.Saga, outline.Finish, outline.OnFailure));
        Assert.Equal([("reserve", false), ("pay", true)], outline.Steps.Select(step => (step.Name, step.IsPivot)));
        Assert.Equal([$"{service}/Reserve", $"{service}/Pay"], outline.Steps.SelectMany(step => step.Calls));
        Assert.Equal([$"{service}/Release"], outline.Steps[0].Undo);
        Assert.Null(outline.Steps[1].Undo);
    }

    internal sealed class CallingState
    {
        public string? Reservation { get; set; }
    }

    internal sealed class CallingSaga(StockService.StockServiceClient stock, TestDb db) : Saga<CallingState>
    {
        protected override void Define(ISagaBuilder<CallingState> saga) => saga
            .Within(TimeSpan.FromHours(1))
            .Step("reserve", Reserve, undo: Release)
            .Pivot("pay", Pay)
            .Finish((_, _, cancel) => db.Accounts.ToListAsync(cancel));

        private Task<StepResult> Reserve(CallingState state, StepContext step, CancellationToken cancel) =>
            stock.ReserveAsync(new() { IdempotencyKey = step.IdempotencyKey }, cancellationToken: cancel).AsStep(answer => state.Reservation = answer.Reservation);

        private Task<StepResult> Release(CallingState state, StepContext step, CancellationToken cancel) =>
            stock.ReleaseAsync(new() { IdempotencyKey = step.IdempotencyKey }, cancellationToken: cancel).AsStep();

        private Task<StepResult> Pay(CallingState state, StepContext step, CancellationToken cancel) =>
            stock.PayAsync(new() { IdempotencyKey = step.IdempotencyKey }, cancellationToken: cancel).AsStep();
    }
}
