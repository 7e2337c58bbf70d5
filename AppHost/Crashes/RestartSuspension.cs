namespace Shop.AppHost.Crashes;

/// <summary>Suspends restarts while a clean restart stops and starts all processes.</summary>
internal sealed class RestartSuspension
{
    private volatile bool _isOn;

    public bool IsOn
    {
        get => _isOn;
        set => _isOn = value;
    }
}
