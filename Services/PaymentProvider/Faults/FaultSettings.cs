using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.PaymentProvider.Faults;

/// <summary>The injected faults, for every caller. The defaults inject none.</summary>
/// <param name="ErrorRate">The share of calls, 0 to 1, that return 503 without effect.</param>
/// <param name="LatencyMs">The delay of answers in milliseconds; effects are not delayed.</param>
/// <param name="Outage">Connections are dropped.</param>
internal sealed record FaultSettings(double ErrorRate = 0, int LatencyMs = 0, bool Outage = false)
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

/// <summary>The settings of this process; a restart resets them.</summary>
internal sealed class CurrentFaults
{
    private FaultSettings _settings = new();

    public FaultSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set => Volatile.Write(ref _settings, value);
    }
}
