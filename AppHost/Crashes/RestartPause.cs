namespace Shop.AppHost.Crashes;

/// <summary>While it is on nothing is started again: somebody stops and starts everything on purpose.</summary>
internal sealed class RestartPause
{
    private volatile bool _isOn;

    public bool IsOn
    {
        get => _isOn;
        set => _isOn = value;
    }
}
