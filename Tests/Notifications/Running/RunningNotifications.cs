using Dapper;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Notifications.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.Testing;
using static Shop.Notifications.V1.NotificationsService;

namespace Shop.Notifications.Tests.Running;

/// <summary>The whole service, two replicas of it, with a database, a broker and an SMTP server of its own for each test class.</summary>
public sealed class RunningNotifications(Infrastructure infrastructure) : IAsyncLifetime
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
    private readonly MockKafka _kafka = MockKafka.Start();
    private readonly List<WebApplicationFactory<Program>> _replicas = [];
    private string _connectionString = "";

    public TokenAuthority Tokens { get; } = new();

    public MailServer Mail { get; } = new();

    public ShopEvents Events { get; private set; } = null!;

    public LogRecorder Log { get; } = new() { IsListening = true };

    /// <summary>Registered before the service ran for the first time.</summary>
    public Guid OldMember { get; } = Guid.CreateVersion7();

    public IReadOnlyList<IServiceProvider> Replicas => [.. _replicas.Select(replica => replica.Services)];

    public async ValueTask InitializeAsync()
    {
        _connectionString = await infrastructure.Postgres.CreateDatabaseAsync("notifications");
        Mail.Start();
        Events = new(_kafka);
        foreach (var topic in new[] { Protos.Topics.Members, Protos.Topics.Coupons, Protos.Topics.Orders, Protos.Topics.Shipments, Protos.Topics.Payments })
            await _kafka.CreateTopicAsync(topic, 4);
        await Events.PublishAsync(ShopEvents.Registered(OldMember));
        await StartReplicaAsync();
        await StartReplicaAsync();
    }

    public async Task<WebApplicationFactory<Program>> StartReplicaAsync(params (string Key, string Value)[] settings)
    {
        var replica = Configure(settings);
        _replicas.Add(replica);
        using var http = replica.CreateClient();
        await Eventually.TrueAsync(async () => (await http.GetAsync("/health")).IsSuccessStatusCode, "Notifications is healthy", TimeSpan.FromMinutes(1));
        return replica;
    }

    /// <summary>Stops it as a process is stopped.</summary>
    public async Task StopAsync(WebApplicationFactory<Program> replica)
    {
        _replicas.Remove(replica);
        await replica.DisposeAsync();
    }

    public async Task StopAllAsync()
    {
        foreach (var replica in _replicas.ToList())
            await StopAsync(replica);
    }

    /// <summary>Not started yet. The caller disposes of it.</summary>
    public WebApplicationFactory<Program> Configure(params (string Key, string Value)[] settings) => new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
    {
        host.UseSetting("ConnectionStrings:notifications", _connectionString)
            .UseSetting("ConnectionStrings:kafka", _kafka.BootstrapServers)
            .UseSetting("Tokens:Issuer", TokenAuthority.Issuer)
            .UseSetting("Tokens:ClientId", "notifications")
            .UseSetting("PageTokens:Key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
            .UseSetting("Lifetime:Drain", "00:00:00")
            // A rebalance of the mock broker takes a second less than this, unless exactly the members of the one before are there again: each start and each stop of a replica does.
            .UseSetting("Aspire:Confluent:Kafka:Consumer:Config:SessionTimeoutMs", "3000")
            .UseSetting("Mail:Host", "127.0.0.1")
            .UseSetting("Mail:Port", $"{Mail.Port}")
            .UseSetting("Mail:Interval", "00:00:00.1")
            .UseSetting("Mail:FirstPause", "00:00:00.1")
            .UseSetting("Mail:LongestOutagePause", "00:00:01")
            .UseSetting("Mail:Timeout", "00:00:02")
            .ConfigureLogging(Log.AddTo)
            .ConfigureTestServices(services => services.AddSingleton<ITokenKeys>(Tokens));
        foreach (var (key, value) in settings)
            host.UseSetting(key, value);
    });

    /// <summary>A member whose registration has arrived.</summary>
    public async Task<Guid> MemberAsync(string language = "ko", string name = "김하나", string? email = null)
    {
        var member = Guid.CreateVersion7();
        await Events.PublishAsync(ShopEvents.Registered(member, language, name, email));
        await HasAsync(member, "welcome");
        return member;
    }

    public NotificationsServiceClient As(Guid member) => Client(Tokens.Member(member));

    public NotificationsServiceClient Client(string? token)
    {
        var server = _replicas[0].Server;
        var channel = GrpcChannel.ForAddress(server.BaseAddress, new() { HttpHandler = server.CreateHandler() });
        return new(channel.Intercept(headers =>
        {
            if (token is not null)
                headers.Add("authorization", $"Bearer {token}");
            return headers;
        }));
    }

    public async Task<IReadOnlyList<Notification>> ListAsync(Guid member) => [.. (await As(member).ListNotificationsAsync(new() { PageSize = 100 })).Notifications];

    /// <summary>Waits for one of each of these kinds, and returns them in this order.</summary>
    public async Task<IReadOnlyList<Notification>> HasAsync(Guid member, params string[] kinds) => await Eventually.IsAsync(async () =>
    {
        var listed = await ListAsync(member);
        return kinds.All(kind => listed.Any(one => one.Kind == kind)) ? kinds.Select(kind => listed.Single(one => one.Kind == kind)).ToList() : null;
    }, $"{string.Join(", ", kinds)} of {member}", Within);

    /// <summary>The checks of the first replica: <c>mail: Degraded</c>…</summary>
    public Task<string> HealthAsync() => HealthAsync(Replicas[0]);

    public async Task<string> HealthOfAllAsync() => string.Join('\n', await Task.WhenAll(Replicas.Select(HealthAsync)));

    private static async Task<string> HealthAsync(IServiceProvider replica)
    {
        var report = await replica.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return string.Join('\n', report.Entries.Select(entry => $"{entry.Key}: {entry.Value.Status}"));
    }

    public Task<string> MailIsAsync(string recipient, string status) => Eventually.IsAsync(async () =>
        (await QueryAsync<string>("select coalesce(answer, '') from mails where recipient = @recipient and status = @status", new { recipient, status })).FirstOrDefault(), $"the mail is {status}", Within);

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.ExecuteAsync(sql, parameters);
    }

    public async ValueTask DisposeAsync()
    {
        Events.Dispose();
        await StopAllAsync();
        await Mail.DisposeAsync();
        await _kafka.DisposeAsync();
    }
}
