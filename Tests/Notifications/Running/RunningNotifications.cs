using Dapper;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Notifications.V1;
using Shop.Testing;
using static Shop.Notifications.V1.NotificationsService;

namespace Shop.Notifications.Tests.Running;

/// <summary>The whole service, two replicas of it, with a database, a broker and an SMTP server of its own for each test class.</summary>
public sealed class RunningNotifications(Infrastructure infrastructure) : RunningService<Program>("notifications"), IAsyncLifetime
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    public MailServer Mail { get; } = new();

    public ShopEvents Events { get; private set; } = null!;

    public LogRecorder Log { get; } = new() { IsListening = true };

    /// <summary>Registered before the service ran for the first time.</summary>
    public Guid OldMember { get; } = Guid.CreateVersion7();

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await infrastructure.Postgres.CreateDatabaseAsync("notifications");
        Mail.Start();
        Events = new(Kafka);
        foreach (var topic in new[] { Protos.Topics.Members, Protos.Topics.Coupons, Protos.Topics.Orders, Protos.Topics.Shipments, Protos.Topics.Payments })
            await Kafka.CreateTopicAsync(topic, 4);
        await Events.PublishAsync(ShopEvents.Registered(OldMember));
        await StartReplicaAsync();
        await StartReplicaAsync();
    }

    public async Task StopAllAsync()
    {
        foreach (var replica in Replicas.ToList())
            await StopAsync(replica);
    }

    protected override void Configure(IWebHostBuilder host) => host
        // A rebalance of the mock broker takes a second less than this, unless exactly the members of the one before are there again: each start and each stop of a replica does.
        .UseSetting("Aspire:Confluent:Kafka:Consumer:Config:SessionTimeoutMs", "3000")
        .UseSetting("Mail:Host", "127.0.0.1")
        .UseSetting("Mail:Port", $"{Mail.Port}")
        .UseSetting("Mail:Interval", "00:00:00.1")
        .UseSetting("Mail:FirstRetry", "00:00:00.1")
        .UseSetting("Mail:LongestOutageRetry", "00:00:01")
        .UseSetting("Mail:Timeout", "00:00:02")
        // On a busy machine a mail can exceed that several times.
        .UseSetting("Mail:LongestRetry", "00:00:02")
        .ConfigureLogging(Log.AddTo);

    /// <summary>A member whose registration has arrived.</summary>
    public async Task<Guid> MemberAsync(string language = "ko", string name = "김하나", string? email = null)
    {
        var member = Guid.CreateVersion7();
        await Events.PublishAsync(ShopEvents.Registered(member, language, name, email));
        await HasAsync(member, "welcome");
        return member;
    }

    public NotificationsServiceClient As(Guid member) => Client(Tokens.Member(member));

    public NotificationsServiceClient Client(string? token) => new(Calls(token));

    public async Task<IReadOnlyList<Notification>> ListAsync(Guid member) => [.. (await As(member).ListNotificationsAsync(new() { PageSize = 100 })).Notifications];

    /// <summary>Waits for one of each of these kinds, and returns them in this order.</summary>
    public async Task<IReadOnlyList<Notification>> HasAsync(Guid member, params string[] kinds) => await Eventually.IsAsync(async () =>
    {
        var listed = await ListAsync(member);
        return kinds.All(kind => listed.Any(one => one.Kind == kind)) ? kinds.Select(kind => listed.Single(one => one.Kind == kind)).ToList() : null;
    }, $"{string.Join(", ", kinds)} of {member}", Within);

    /// <summary>The checks of the first replica: <c>mail: Degraded</c>…</summary>
    public Task<string> HealthAsync() => HealthAsync(First);

    public async Task<string> HealthOfAllAsync() => string.Join('\n', await Task.WhenAll(Replicas.Select(replica => HealthAsync(replica.Services))));

    private static async Task<string> HealthAsync(IServiceProvider replica)
    {
        var report = await replica.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return string.Join('\n', report.Entries.Select(entry => $"{entry.Key}: {entry.Value.Status}"));
    }

    public Task<string> MailIsAsync(string recipient, string status) => Eventually.IsAsync(async () =>
        (await QueryAsync<string>("select coalesce(answer, '') from mails where recipient = @recipient and status = @status", new { recipient, status })).FirstOrDefault(), $"the mail is {status}", Within);

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.ExecuteAsync(sql, parameters);
    }

    public override async ValueTask DisposeAsync()
    {
        Events.Dispose();
        await base.DisposeAsync();
        await Mail.DisposeAsync();
    }
}
