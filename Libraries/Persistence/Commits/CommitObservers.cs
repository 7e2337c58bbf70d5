using System.Collections.Concurrent;

namespace Shop.Persistence.Commits;

/// <summary>The observers of the service's commits, by row type. Thread-safe; a singleton.</summary>
public sealed class CommitObservers
{
    private readonly ConcurrentDictionary<Type, ConcurrentDictionary<object, Action<IEnumerable<object>>>> _observers = [];

    /// <summary>Raised after a failed SaveChanges, on the thread that saved. Handlers must be quick and must not throw.</summary>
    public event Action<Exception>? SaveFailed;

    /// <summary>Notifies <paramref name="observer"/> of later commits until it is removed. The observer is held by a strong reference.</summary>
    public void Add<TRow>(ICommitObserver<TRow> observer) where TRow : class =>
        _observers.GetOrAdd(typeof(TRow), _ => [])[observer] = added => observer.Committed([.. added.Cast<TRow>()]);

    /// <summary>Stops the notifications. A call that is already running on another thread may still end after this returns.</summary>
    public void Remove<TRow>(ICommitObserver<TRow> observer) where TRow : class
    {
        if (_observers.TryGetValue(typeof(TRow), out var observers))
            observers.TryRemove(observer, out _);
    }

    internal void Failed(Exception failure) => SaveFailed?.Invoke(failure);

    internal bool IsObserved(Type row) => _observers.ContainsKey(row);

    internal void Notify(Type row, IEnumerable<object> added)
    {
        if (!_observers.TryGetValue(row, out var observers))
            return;
        foreach (var notify in observers.Values)
            notify(added);
    }
}
