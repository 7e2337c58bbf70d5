using Shop.Payments.Provider;

namespace Shop.Payments.Intents;

/// <param name="Answer">Null: the outcome is unknown.</param>
internal sealed record ProviderCallResult(ProviderAnswer? Answer, Attempt Attempt);

/// <summary>Asks the provider, and keeps the minutes: how long it took and what came of it. When nothing was sent there is nothing to note, and it throws.</summary>
internal sealed class ProviderCallLog(PaymentMetrics metrics, TimeProvider clock)
{
    public async Task<ProviderCallResult> AskAsync(Guid orderId, string step, Func<CancellationToken, Task<ProviderAnswer>> call, CancellationToken cancel)
    {
        var at = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        try
        {
            var answer = await call(cancel);
            return Note(answer, answer.Refused ?? answer.Charge.State.ToString().ToLowerInvariant(), null);
        }
        catch (OutcomeUnknownException unknown)
        {
            return Note(null, "unknown", unknown.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Note(null, "unknown", "The caller's time was over.");
        }

        ProviderCallResult Note(ProviderAnswer? answer, string outcome, string? error)
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
