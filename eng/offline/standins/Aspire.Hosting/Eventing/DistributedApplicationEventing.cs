using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

public interface IDistributedApplicationEventing
{
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent;

    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    void Unsubscribe(DistributedApplicationEventSubscription subscription);

    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent;

    Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent;
}

public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly Lock _lock = new();
    private readonly List<(Type Event, DistributedApplicationEventSubscription Subscription)> _subscriptions = [];

    /// <summary>Where the failures of handlers go that nobody waits for.</summary>
    internal Action<Exception> OnUnobserved { get; set; } = _ => { };

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Add<T>(new DistributedApplicationEventSubscription((@event, cancel) => callback((T)@event, cancel)));
    }

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(callback);
        return Add<T>(new DistributedApplicationResourceEventSubscription(resource, (@event, cancel) => callback((T)@event, cancel)));
    }

    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        lock (_lock)
            _subscriptions.RemoveAll(s => s.Subscription == subscription);
    }

    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent =>
        PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(@event);
        var subscriptions = Find(@event);
        return dispatchBehavior switch
        {
            EventDispatchBehavior.BlockingSequential => SequentialAsync(subscriptions, @event, cancellationToken),
            EventDispatchBehavior.BlockingConcurrent => ConcurrentAsync(subscriptions, @event, cancellationToken),
            EventDispatchBehavior.NonBlockingSequential => Detach(() => SequentialAsync(subscriptions, @event, cancellationToken)),
            EventDispatchBehavior.NonBlockingConcurrent => Detach(() => ConcurrentAsync(subscriptions, @event, cancellationToken)),
            _ => throw new ArgumentOutOfRangeException(nameof(dispatchBehavior), dispatchBehavior, "Unknown way to dispatch an event."),
        };
    }

    private static async Task SequentialAsync(
        DistributedApplicationEventSubscription[] subscriptions, IDistributedApplicationEvent @event, CancellationToken cancel)
    {
        foreach (var subscription in subscriptions)
            await subscription.Callback(@event, cancel).ConfigureAwait(false);
    }

    private static Task ConcurrentAsync(
        DistributedApplicationEventSubscription[] subscriptions, IDistributedApplicationEvent @event, CancellationToken cancel) =>
        Task.WhenAll(subscriptions.Select(s => Task.Run(() => s.Callback(@event, cancel), cancel)));

    private Task Detach(Func<Task> work)
    {
        _ = Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                OnUnobserved(e);
            }
        });
        return Task.CompletedTask;
    }

    private DistributedApplicationEventSubscription[] Find<T>(T @event) where T : IDistributedApplicationEvent
    {
        var resource = (@event as IDistributedApplicationResourceEvent)?.Resource;
        lock (_lock)
        {
            return [.. _subscriptions
                .Where(s => s.Event == typeof(T))
                .Where(s => s.Subscription is not DistributedApplicationResourceEventSubscription { Resource: { } wanted } || wanted == resource)
                .Select(s => s.Subscription)];
        }
    }

    private DistributedApplicationEventSubscription Add<T>(DistributedApplicationEventSubscription subscription)
    {
        lock (_lock)
            _subscriptions.Add((typeof(T), subscription));
        return subscription;
    }
}
