using Shop.ServiceDefaults;

namespace Shop.PaymentProvider.Faults;

/// <summary>What is wrong with the provider right now, for every caller. All off is a healthy one.</summary>
/// <param name="ErrorRate">The share of calls, 0 to 1, that are a 503 without effect.</param>
/// <param name="LatencyMs">How much later answers come, in milliseconds; effects come at once.</param>
/// <param name="Outage">Connections are dropped.</param>
public sealed record FaultSettings(double ErrorRate = 0, int LatencyMs = 0, bool Outage = false)
{
    public const int MaxLatencyMs = 120_000;

    public void Check()
    {
        var check = new Check();
        check.That(ErrorRate is >= 0 and <= 1, "errorRate", "must be from 0 to 1");
        check.That(LatencyMs is >= 0 and <= MaxLatencyMs, "latencyMs", $"must be from 0 to {MaxLatencyMs}");
        check.ThrowIfAny();
    }
}

/// <summary>The settings of this process; gone after a restart, as a trouble that was mended.</summary>
public sealed class CurrentFaults
{
    private FaultSettings _settings = new();

    public FaultSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set => Volatile.Write(ref _settings, value);
    }
}
