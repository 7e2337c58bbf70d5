namespace Shop.ServiceDefaults.Lifetime;

/// <summary>Readiness of the process. Turned off once, at the start of the stop.</summary>
internal sealed class Readiness
{
    private volatile bool _isStopping;

    public bool IsStopping => _isStopping;

    public void TurnOff() => _isStopping = true;
}
