using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Hosting.Tests.Running;

/// <summary>One run of the sample AppHost, in the test's own process.</summary>
public sealed class SampleApp : IAsyncDisposable
{
    /// <summary>Nothing here takes long; this is for a machine that has much else to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // A new connection for each request: behind a proxied endpoint a connection belongs to one replica, and dies with it.
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = Patience };

    private SampleApp(DistributedApplication application) => Application = application;

    public DistributedApplication Application { get; }

    public static async Task<SampleApp> CreateAsync(string scenario, params string[] settings)
    {
        var builder = await DistributedApplicationTestingBuilder
            .CreateAsync<Projects.SampleAppHost>(["--scenario", scenario, .. settings]).WaitAsync(Patience);
        return new SampleApp(await builder.BuildAsync().WaitAsync(Patience));
    }

    public static async Task<SampleApp> StartAsync(string scenario, params string[] settings)
    {
        var sample = await CreateAsync(scenario, settings);
        try
        {
            await sample.Application.StartAsync().WaitAsync(Patience);
            return sample;
        }
        catch
        {
            await sample.DisposeAsync();
            throw;
        }
    }

    public Task<string> GetAsync(string resource, string path) => _client.GetStringAsync(Url(resource, path));

    /// <summary>With a body: without one, HttpClient tries a second time when the connection breaks, and would meet the other replica.</summary>
    public async Task PostAsync(string resource, string path)
    {
        using var body = new StringContent("please");
        using var answer = await _client.PostAsync(Url(resource, path), body);
    }

    /// <summary>The process that answers a new connection.</summary>
    public async Task<int> PidAsync(string resource) => int.Parse(await GetAsync(resource, "/pid"));

    public async Task HealthyAsync(string resource)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await Application.ResourceNotifications.WaitForResourceHealthyAsync(resource, deadline.Token);
    }

    public async Task<ResourceEvent> BecomesAsync(string resource, Func<ResourceEvent, bool> wanted)
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await Application.ResourceNotifications.WaitForResourceAsync(resource, wanted, deadline.Token);
    }

    public Task<ResourceEvent> BecomesAsync(string resource, string state) => BecomesAsync(resource, change => change.Snapshot.State?.Text == state);

    /// <summary>What is known of every instance of the resource now.</summary>
    public async Task<ResourceEvent[]> InstancesAsync(string resource, int count)
    {
        var found = new Dictionary<string, ResourceEvent>();
        using var deadline = new CancellationTokenSource(Patience);
        await foreach (var change in Application.ResourceNotifications.WatchAsync(deadline.Token))
        {
            if (change.Resource.Name == resource)
                found[change.ResourceId] = change;
            if (found.Count == count)
                return [.. found.Values];
        }

        throw new TimeoutException($"{resource} has {found.Count} instances instead of {count}.");
    }

    public async Task<ExecuteCommandResult> CommandAsync(string resourceId, string command)
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await Application.ResourceCommands.ExecuteCommandAsync(resourceId, command, deadline.Token);
    }

    public IResource Resource(string name) =>
        Application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == name);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return Application.DisposeAsync();
    }

    private Uri Url(string resource, string path) => new(Application.GetEndpoint(resource, "http"), path);
}
