namespace Shop.Messaging.Kafka;

/// <summary>
/// Who is inside a Kafka client. Disposing of one frees its native memory although another thread may be inside: a stop that takes longer than the host allows would end in a
/// segmentation fault. It is created right after its client, so the container disposes of it right before: then it asks everyone to leave and waits. Thread-safe.
/// </summary>
internal sealed class ClientUse : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<User> _users = [];
    private readonly ManualResetEventSlim _isEmpty = new(true);
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
                _isEmpty.Reset();
                return user;
            }
        }
        leave?.Invoke();
        throw new OperationCanceledException("The Kafka client is being disposed of.");
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isEnding = true;
            foreach (var user in _users.ToList())
                user.Leave?.Invoke();
        }
        _isEmpty.Wait();
    }

    private void Exit(User user)
    {
        lock (_gate)
        {
            if (_users.Remove(user) && _users.Count == 0)
                _isEmpty.Set();
        }
    }

    private sealed class User(ClientUse use, Action? leave) : IDisposable
    {
        public Action? Leave => leave;

        public void Dispose() => use.Exit(this);
    }
}
