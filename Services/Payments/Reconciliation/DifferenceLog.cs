using System.Diagnostics.Metrics;

namespace Shop.Payments.Reconciliation;

/// <summary>Counts what was compared, and logs what could not be repaired. After the commit, so that nothing is counted twice.</summary>
internal sealed partial class DifferenceLog
{
    private readonly Counter<long> _compared;
    private readonly Counter<long> _differences;
    private readonly ILogger<DifferenceLog> _logger;

    public DifferenceLog(IMeterFactory meters, ILogger<DifferenceLog> logger)
    {
        _logger = logger;
        var meter = meters.Create("Shop.Payments");
        _compared = meter.CreateCounter<long>("shop.payments.ledger.compared", "{entry}", "Movements of the provider and attempts of ours that were compared.");
        _differences = meter.CreateCounter<long>("shop.payments.ledger.differences", "{difference}", "Differences between our ledger and the provider's, by kind and whether they were repaired.");
    }

    public void Committed(int compared, IReadOnlyList<Difference> differences)
    {
        _compared.Add(compared);
        foreach (var difference in differences)
        {
            _differences.Add(1, new("kind", difference.Kind), new("repaired", difference.Repaired));
            if (difference.Repaired)
                LogRepaired(difference.Kind, difference.OrderId, difference.Ours, difference.Theirs);
            else
                LogDifference(difference.Kind, difference.OrderId, difference.ChargeId, difference.Ours, difference.Theirs);
        }
    }

    [LoggerMessage(LogLevel.Information, "Ledger difference {Kind} of order {OrderId} repaired: here {Ours}, at the provider {Theirs}")]
    private partial void LogRepaired(string kind, Guid? orderId, string? ours, string? theirs);

    [LoggerMessage(LogLevel.Warning, "Ledger difference {Kind} of order {OrderId}, charge {ChargeId}: here {Ours}, at the provider {Theirs}")]
    private partial void LogDifference(string kind, Guid? orderId, string? chargeId, string? ours, string? theirs);
}
