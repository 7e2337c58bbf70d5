using System.Diagnostics.Metrics;

namespace Shop.Payments.Intents;

/// <summary>Provider calls by step and outcome, from which the payment success rate is computed.</summary>
internal sealed class PaymentMetrics
{
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _took;

    public PaymentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Shop.Payments");
        _calls = meter.CreateCounter<long>("shop.payments.attempts", "{attempt}", "Commands to the payment provider, by step and outcome.");
        _took = meter.CreateHistogram<double>("shop.payments.attempt.duration", "s", "How long the payment provider took, by step and outcome.");
    }

    public void RecordProviderCall(string step, string outcome, TimeSpan took)
    {
        KeyValuePair<string, object?> stepTag = new("step", step), outcomeTag = new("outcome", outcome);
        _calls.Add(1, stepTag, outcomeTag);
        _took.Record(took.TotalSeconds, stepTag, outcomeTag);
    }
}
