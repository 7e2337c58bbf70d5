using Shop.Payments.Provider;
using Shop.Payments.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Payments.Intents;

/// <summary>Authorises an order's amount. Idempotent: a repeated call returns the same result, and completes the work after a crash at any point.</summary>
internal sealed class AuthorisePayment(
    PaymentsDb db, ProviderClient provider, ProviderCallLog calls, IntentWriter intents, PaymentRecorder recorder, ReconcileSchedule schedule, ReleasePayment release, TimeProvider clock)
{
    public async Task<AuthoriseResponse> HandleAsync(AuthoriseRequest request, CancellationToken cancel)
    {
        var (orderId, terms, token) = Validate(request);
        var intent = await intents.LoadAsync(orderId, cancel);
        if (intent is not null && IsDone(intent, terms))
            return new AuthoriseResponse();

        var inDoubt = request.AskedBefore || intent is not null;
        ProviderCallResult call;
        try
        {
            call = await calls.CallAsync(orderId, "authorise", cancel => FindOrAuthoriseAsync(inDoubt, orderId, terms, token, cancel), cancel);
        }
        catch (UnavailableException) when (intent is null)
        {
            // Nothing was sent. The order's page shows the pending payment.
            await intents.SaveAsync(null, orderId, current => current ?? OpenPending(orderId, terms, inDoubt));
            throw;
        }

        var saved = await intents.SaveAsync(intent, orderId, current => Record(current, orderId, terms, call));
        if (saved.IsReleased)
        {
            // The order was cancelled during the provider call: void the authorisation at once.
            await release.ReleaseAsync(orderId, cancel);
            throw Refusals.Voided();
        }

        return IsDone(saved, terms) ? new AuthoriseResponse() : throw Refusals.Unknown();
    }

    private async Task<ProviderAnswer> FindOrAuthoriseAsync(bool inDoubt, Guid orderId, PaymentTerms terms, string token, CancellationToken cancel)
    {
        // After an unknown outcome, query the provider before the command is repeated.
        if (inDoubt && await provider.FindAsync(orderId, cancel) is { } charge)
            return new ProviderAnswer(charge, charge.Declined);

        return await provider.AuthoriseAsync(orderId, terms.Amount, terms.Currency, token, cancel);
    }

    private Intent OpenPending(Guid orderId, PaymentTerms terms, bool inDoubt)
    {
        var intent = Intent.Open(orderId, terms, clock.GetUtcNow());
        if (inDoubt)
            intent.ScheduleReconcile(schedule.Next(intent));
        return intent;
    }

    private Intent Record(Intent? current, Guid orderId, PaymentTerms terms, ProviderCallResult call)
    {
        var intent = current ?? Intent.Open(orderId, terms, clock.GetUtcNow());
        if (intent.MemberId is null)
            intent.SetTerms(terms);
        intent.CountAuthorise();
        db.Attempts.Add(call.Attempt);

        if (call.Answer is null || intent.IsReleased)
        {
            intent.ScheduleReconcile(schedule.Next(intent));
        }
        else
        {
            recorder.Apply(intent, call.Answer.Charge);
            intent.ClearReconcile();
        }

        return intent;
    }

    /// <returns>False while the outcome is unknown. Throws when the payment was refused.</returns>
    private static bool IsDone(Intent intent, PaymentTerms terms)
    {
        if (intent.IsReleased)
            throw Refusals.Voided();
        if (!intent.Matches(terms))
            throw new ConflictException("order_paid_differently", $"Order {intent.OrderId} has a payment of another member or amount.");

        return intent.Status switch
        {
            IntentStatus.Pending => false,
            IntentStatus.Declined => throw Refusals.Declined(intent),
            IntentStatus.Voided => throw Refusals.Voided(),
            _ => true,
        };
    }

    private static (Guid OrderId, PaymentTerms Terms, string Token) Validate(AuthoriseRequest request)
    {
        var check = new Check();
        var orderId = check.Uuid("orderId", request.OrderId);
        var memberId = check.Uuid("memberId", request.MemberId);
        var token = check.Line("paymentToken", request.PaymentToken, 1, 255);
        var amount = check.Range("amount.amount", request.Amount?.Amount ?? 0, 1, 10_000_000_000_000_000);
        var currency = request.Amount?.Currency ?? "";
        check.That(currency.Length == 3 && currency.All(char.IsAsciiLetterUpper), "amount.currency", "must be three capital letters (ISO 4217)");
        check.ThrowIfAny();
        return (orderId, new PaymentTerms(memberId, amount, currency), token);
    }
}
