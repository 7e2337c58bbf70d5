using Shop.Payments.Provider;
using Shop.Payments.V1;
using Shop.ServiceDefaults;

namespace Shop.Payments.Intents;

/// <summary>Holds an order's amount. Asked again it answers the same, and a crash at any point is healed by asking again.</summary>
internal sealed class AuthorisePayment(
    PaymentsDb db, ProviderClient provider, ProviderCallLog calls, IntentWriter intents, PaymentRecorder recorder, ReconcileSchedule schedule, ReleasePayment release, TimeProvider clock)
{
    public async Task<AuthoriseResponse> HandleAsync(AuthoriseRequest request, CancellationToken cancel)
    {
        var (orderId, terms, token) = Validate(request);
        var intent = await intents.LoadAsync(orderId, cancel);
        if (intent is not null && IsDone(intent, terms))
            return new AuthoriseResponse();

        var looks = request.AskedBefore || intent is not null;
        ProviderCallResult asked;
        try
        {
            asked = await calls.AskAsync(orderId, "authorise", cancel => AskAsync(looks, orderId, terms, token, cancel), cancel);
        }
        catch (UnavailableException) when (intent is null)
        {
            // Nothing was sent. That the payment waits is on record, for the order's page.
            await intents.SaveAsync(null, orderId, current => current ?? Wait(orderId, terms, looks));
            throw;
        }

        var known = await intents.SaveAsync(intent, orderId, current => Record(current, orderId, terms, asked));
        if (known.IsReleased)
        {
            // The order was given up while the provider was at it: what it holds goes back at once.
            await release.LetGoAsync(orderId, cancel);
            throw Refusals.Voided();
        }

        return IsDone(known, terms) ? new AuthoriseResponse() : throw Refusals.Unknown();
    }

    private async Task<ProviderAnswer> AskAsync(bool looks, Guid orderId, PaymentTerms terms, string token, CancellationToken cancel)
    {
        // After an unknown outcome: look before asking again.
        if (looks && await provider.FindAsync(orderId, cancel) is { } charge)
            return new ProviderAnswer(charge, charge.Declined);

        return await provider.AuthoriseAsync(orderId, terms.Amount, terms.Currency, token, cancel);
    }

    private Intent Wait(Guid orderId, PaymentTerms terms, bool isUnclear)
    {
        var intent = Intent.Open(orderId, terms, clock.GetUtcNow());
        if (isUnclear)
            intent.ScheduleReconcile(schedule.Next(intent));
        return intent;
    }

    private Intent Record(Intent? current, Guid orderId, PaymentTerms terms, ProviderCallResult asked)
    {
        var intent = current ?? Intent.Open(orderId, terms, clock.GetUtcNow());
        if (intent.MemberId is null)
            intent.Learn(terms);
        intent.CountAuthorise();
        db.Attempts.Add(asked.Attempt);

        if (asked.Answer is null || intent.IsReleased)
        {
            intent.ScheduleReconcile(schedule.Next(intent));
        }
        else
        {
            recorder.Apply(intent, asked.Answer.Charge);
            intent.ClearReconcile();
        }

        return intent;
    }

    /// <returns>False while the outcome is unknown. Throws when the answer is no.</returns>
    private static bool IsDone(Intent intent, PaymentTerms terms)
    {
        if (intent.IsReleased)
            throw Refusals.Voided();
        if (!intent.Agrees(terms))
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
