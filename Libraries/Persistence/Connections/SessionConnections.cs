using Npgsql;

namespace Shop.Persistence.Connections;

/// <summary>Opens connections outside the pool, for whoever changes its session: they are closed with everything they hold, whatever happens.</summary>
public sealed class SessionConnections(Func<NpgsqlDataSource> create) : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _source = new(create);

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancel) => _source.Value.OpenConnectionAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        if (_source.IsValueCreated)
            await _source.Value.DisposeAsync();
    }
}
