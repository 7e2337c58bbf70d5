using Shop.Payments.Provider;

namespace Shop.Payments.Intents;

/// <param name="Answer">Null: the outcome is unknown.</param>
internal sealed record ProviderCallResult(ProviderAnswer? Answer, Attempt Attempt);

/// <summary>Calls the provider and records duration and outcome of the call.</summary>
internal sealed class ProviderCallLog(PaymentMetrics metrics, TimeProvider clock)
{
    /// <exception cref="Shop.ServiceDefaults.Errors.UnavailableException">Nothing was sent, so nothing is recorded.</exception>
    public async Task<ProviderCallResult> CallAsync(Guid orderId, string step, Func<CancellationToken, Task<ProviderAnswer>> call, CancellationToken cancel)
    {
        var at = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        try
        {
            var answer = await call(cancel);
            return Result(answer, answer.Refused ?? answer.Charge.State.ToString().ToLowerInvariant(), null);
        }
        catch (OutcomeUnknownException failure)
        {
            return Result(null, "unknown", failure.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Result(null, "unknown", "The caller cancelled, or its deadline passed.");
        }

        ProviderCallResult Result(ProviderAnswer? answer, string outcome, string? error)
        {
            var took = clock.GetElapsedTime(started);
            metrics.RecordProviderCall(step, outcome, took);
            return new ProviderCallResult(answer, new Attempt
            {
                Id = Guid.CreateVersion7(at),
                OrderId = orderId,
                Step = step,
                Outcome = outcome,
                Error = error is { Length: > 500 } ? error[..500] : error,
                At = at,
                Took = took,
            });
        }
    }
}
