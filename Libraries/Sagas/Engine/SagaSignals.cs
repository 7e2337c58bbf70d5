using Shop.Persistence.Replicas;

namespace Shop.Sagas.Engine;

/// <summary>Signals between replicas that a saga has become due earlier than planned.</summary>
internal sealed class SagaSignals(ReplicaSignals signals) : ISignalListener
{
    public event Action? Due;

    public string Channel => "shop_sagas";

    public Task SendDueAsync(CancellationToken cancel) => signals.SendAsync(Channel, "", cancel);

    public void ListeningBegan() => Due?.Invoke();

    public void Signalled(string payload) => Due?.Invoke();
}
