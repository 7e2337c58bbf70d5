using Npgsql;

namespace Shop.Persistence.Connections;

/// <summary>Opens connections outside the pool, for work that changes its session (LISTEN, advisory locks, limits). Closing one releases everything that it holds. Thread-safe; a singleton.</summary>
public sealed class SessionConnections(Func<NpgsqlDataSource> create) : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _source = new(create);

    /// <summary>Opens a connection. The caller disposes it.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancel) => _source.Value.OpenConnectionAsync(cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_source.IsValueCreated)
            await _source.Value.DisposeAsync();
    }
}
