using Npgsql;

namespace Shop.Testing;

/// <summary>A real PostgreSQL for tests, initially empty (<c>eng/postgres</c>). Start one per test assembly and create a database per test.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Password = "for-tests";
    private ServerProcess _process;
    private readonly string _folder;
    private readonly int _port;
    private readonly string[] _settings;
    private int _databases;

    private PostgresServer(string folder, string[] settings)
    {
        (_folder, _settings, _port) = (folder, settings, Ports.Free());
        _process = Serve();
    }

    /// <summary>A server that panics for lack of disk space ends its process.</summary>
    public bool HasExited => _process.HasExited;

    /// <param name="settings">Further server settings: <c>max_connections=50</c>.</param>
    public static Task<PostgresServer> StartAsync(params string[] settings) => StartInAsync(TestFolder.New("postgres"), settings);

    /// <param name="folder">An existing one, which the server then owns.</param>
    /// <param name="settings">Further server settings: <c>max_connections=50</c>.</param>
    public static async Task<PostgresServer> StartInAsync(string folder, params string[] settings)
    {
        var server = new PostgresServer(folder, settings);
        await server.ReadyAsync();
        return server;
    }

    /// <summary>Restarts it with its data.</summary>
    public async Task StartAgainAsync()
    {
        await _process.DisposeAsync();
        _process = Serve();
        await ReadyAsync();
    }

    /// <summary>Creates an empty database with its own owner, as services have. Returns the owner's connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string name = "test")
    {
        var database = $"{name}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create role {database} login password '{Password}'");
        await ExecuteAsync($"create database {database} owner {database}");
        return new NpgsqlConnectionStringBuilder(Connection("postgres")) { Database = database, Username = database }.ConnectionString;
    }

    /// <summary>The superuser's connection string.</summary>
    public string Connection(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "localhost",
        Port = _port,
        Username = "postgres",
        Password = Password,
        Database = database,
        MaxPoolSize = 30,
    }.ConnectionString;

    /// <summary>Ends every connection of a database, as a failing network would.</summary>
    public Task DisconnectAsync(string connectionString) =>
        ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{new NpgsqlConnectionStringBuilder(connectionString).Database}'");

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private ServerProcess Serve()
    {
        string[] all = ["max_connections=200", "shared_buffers=64MB", "fsync=off", .. _settings];
        return ServerProcess.Start(Path.Combine(Repository.Root, "eng", "postgres", "serve"),
            ["--data", Path.Combine(_folder, "data"), "--port", $"{_port}", .. all.SelectMany(setting => new[] { "-c", setting })],
            new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = Password });
    }

    private async Task ReadyAsync()
    {
        await _process.AnswersAsync(_port, TimeSpan.FromMinutes(2));   // the first start on a machine downloads it
        await Eventually.TrueAsync(async () =>
        {
            await ExecuteAsync("select 1");
            return true;
        }, "PostgreSQL accepts connections");
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        TestFolder.Delete(_folder);
    }
}
