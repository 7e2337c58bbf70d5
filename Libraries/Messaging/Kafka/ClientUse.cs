namespace Shop.Messaging.Kafka;

/// <summary>
/// Who is inside a Kafka client. Disposing of one frees its native memory although another thread may be inside: a stop that takes longer than the host allows would end in a
/// segmentation fault. It is created right after its client, so the container disposes of it right before: then it asks everyone to leave and waits. Thread-safe.
/// </summary>
internal sealed class ClientUse : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<User> _users = [];
    private readonly TaskCompletionSource _isEmpty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isEnding;

    /// <param name="leave">Called when the client is about to be disposed of: the user leaves soon.</param>
    /// <returns>To be disposed of by the user, outside the client.</returns>
    /// <exception cref="OperationCanceledException">The client is (being) disposed of.</exception>
    public IDisposable Enter(Action? leave = null)
    {
        lock (_gate)
        {
            if (!_isEnding)
            {
                var user = new User(this, leave);
                _users.Add(user);
                return user;
            }
        }
        leave?.Invoke();
        throw new OperationCanceledException("The Kafka client is being disposed of.");
    }

    /// <summary>Ends when the last user has left.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isEnding = true;
            foreach (var user in _users.ToList())
                user.Leave?.Invoke();
            SetIfEmpty();
        }
        await _isEmpty.Task;
    }

    private void Exit(User user)
    {
        lock (_gate)
        {
            _users.Remove(user);
            SetIfEmpty();
        }
    }

    private void SetIfEmpty()
    {
        if (_isEnding && _users.Count == 0)
            _isEmpty.TrySetResult();
    }

    private sealed class User(ClientUse use, Action? leave) : IDisposable
    {
        public Action? Leave => leave;

        public void Dispose() => use.Exit(this);
    }
}
