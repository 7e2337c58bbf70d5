using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Holds the AppHost's entry point in its <c>Build()</c> until the test wants the application.</summary>
internal sealed class SuspendedFactory(
    Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    : DistributedApplicationFactory(entryPoint, args)
{
    private readonly SemaphoreSlim _goOn = new(0);

    public async Task<DistributedApplication> BuildAsync(CancellationToken cancel)
    {
        _goOn.Release();
        return await ResolveApplicationAsync(cancel).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        _goOn.Release();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions) =>
        configure(applicationOptions, hostOptions);

    protected override void OnBuilding(DistributedApplicationBuilder applicationBuilder) => _goOn.Wait();
}

internal sealed class SuspendedBuilder(SuspendedFactory factory, DistributedApplicationBuilder inner) : ForwardingBuilder(inner)
{
    public override async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) =>
        new TestedApplication(factory, await factory.BuildAsync(cancellationToken).ConfigureAwait(false));

    public override ValueTask DisposeAsync() => factory.DisposeAsync();
}

/// <summary>The application that the AppHost's entry point runs. The test does not run it a second time; it waits for it and ends it.</summary>
internal sealed class TestedApplication(SuspendedFactory factory, DistributedApplication inner) : DistributedApplication(inner)
{
    private readonly DistributedApplication _inner = inner;

    public override Task StartAsync(CancellationToken cancellationToken = default) => factory.StartAsync(cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken = default) =>
        await factory.DisposeAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);

    public override async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        await _inner.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose() => factory.Dispose();

    public override ValueTask DisposeAsync() => factory.DisposeAsync();
}
