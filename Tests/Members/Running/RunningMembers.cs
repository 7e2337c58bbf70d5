using Dapper;
using Npgsql;
using Shop.Testing;
using static Shop.Members.V1.MembersService;

namespace Shop.Members.Tests.Running;

/// <summary>Two replicas on one database, with a clock that tests move. Each test class has its own.</summary>
public sealed class RunningMembers(Infrastructure infrastructure) : IAsyncLifetime
{
    private readonly List<Replica> _replicas = [];
    private int _somebody;
    private string _connectionString = "";

    /// <summary>The replicas' log entries, once collection has started.</summary>
    public LogRecorder Log { get; } = new();

    public ShiftedClock Clock { get; } = new();

    public Replica First => _replicas[0];

    public Replica Second => _replicas[1];

    /// <summary>As the gateway calls.</summary>
    public MembersServiceClient Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await infrastructure.Postgres.CreateDatabaseAsync("members");
        // At once, as it happens.
        _replicas.AddRange(await Task.WhenAll(CreateReplicaAsync(), CreateReplicaAsync()));
        Gateway = await First.AsServiceAsync("gateway");
    }

    public Task<Replica> CreateReplicaAsync(params (string Name, string Value)[] settings) =>
        Replica.StartAsync(_connectionString, infrastructure.Kafka.BootstrapServers, Clock, Log, settings);

    /// <summary>An unused client address.</summary>
    public string SomeClient() => $"10.1.{Interlocked.Increment(ref _somebody) / 250}.{_somebody % 250}";

    public string SomeEmail() => $"somebody{Interlocked.Increment(ref _somebody)}@shop.test";

    public async Task<Person> SignUpAsync(string? email = null)
    {
        var person = new Person(email ?? SomeEmail(), "a good password");
        var answer = await Gateway.SignUpAsync(new() { Email = person.Email, Password = person.Password, Name = "김하나", Language = "ko", ClientAddress = SomeClient() });
        return person with { Id = answer.MemberId };
    }

    public async Task<V1.Tokens> SignInAsync(Person person) =>
        (await Gateway.SignInAsync(new() { Email = person.Email, Password = person.Password, ClientAddress = SomeClient() })).Tokens;

    /// <summary>The password of Members' database role.</summary>
    public string DatabasePassword => new NpgsqlConnectionStringBuilder(_connectionString).Password!;

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
    }
}

public sealed record Person(string Email, string Password)
{
    public string Id { get; init; } = "";
}
