using System.Collections.Concurrent;
using System.Reflection;

namespace OpenTelemetry.Instrumentation;

/// <summary>
/// Listens to the events of one diagnostic source for as long as it lives.
/// Handlers must not throw: it would end up in the request that is being watched.
/// </summary>
internal sealed class DiagnosticSubscription : IObserver<System.Diagnostics.DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];
    private readonly string _source;
    private readonly IReadOnlyDictionary<string, Action<object>> _handlers;

    public DiagnosticSubscription(string source, IReadOnlyDictionary<string, Action<object>> handlers)
    {
        (_source, _handlers) = (source, handlers);
        _subscriptions.Add(System.Diagnostics.DiagnosticListener.AllListeners.Subscribe(this));
    }

    public void OnNext(System.Diagnostics.DiagnosticListener listener)
    {
        if (listener.Name == _source)
        {
            // A source asks for the operation as a whole ("X"), and then for its beginning and end ("X.Start", "X.Stop").
            _subscriptions.Add(listener.Subscribe(this, (name, _, _) => _handlers.Keys.Any(k => k == name || k.StartsWith(name + ".", StringComparison.Ordinal))));
        }
    }

    public void OnNext(KeyValuePair<string, object?> written)
    {
        if (written.Value is { } payload && _handlers.TryGetValue(written.Key, out var handle))
        {
            handle(payload);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        while (_subscriptions.TryTake(out var subscription))
        {
            subscription.Dispose();
        }
    }
}

/// <summary>Reads one property of payloads whose types are internal to the framework.</summary>
internal sealed class PayloadProperty<T>(string name)
    where T : class
{
    private readonly ConcurrentDictionary<Type, PropertyInfo?> _properties = new();

    public T? Of(object payload) =>
        _properties.GetOrAdd(payload.GetType(), Find, name)?.GetValue(payload) as T;

    private static PropertyInfo? Find(Type type, string name) =>
        type.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase);
}
