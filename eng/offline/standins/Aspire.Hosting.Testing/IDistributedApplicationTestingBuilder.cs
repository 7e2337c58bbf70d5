namespace Aspire.Hosting.Testing;

/// <summary>An AppHost's builder in the hands of a test, after the AppHost's own code and before the application exists.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
