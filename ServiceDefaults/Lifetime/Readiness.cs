namespace Shop.ServiceDefaults.Lifetime;

/// <summary>Whether new work is welcome. Turns off once, when the process is asked to stop, and never on again.</summary>
internal sealed class Readiness
{
    private volatile bool _isStopping;

    public bool IsStopping => _isStopping;

    public void TurnOff() => _isStopping = true;
}
