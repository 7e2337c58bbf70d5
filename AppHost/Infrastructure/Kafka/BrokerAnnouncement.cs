using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.AppHost.Infrastructure.Kafka;

/// <summary>One line that says which broker runs: what one may expect of it differs.</summary>
internal sealed partial class BrokerAnnouncement(EmbeddedBroker broker, string whyNot, ILogger logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (broker.Kind is BrokerKind.Kafka)
            LogReal();
        else
            LogMock(whyNot);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Information, "Broker: a real Kafka, single node, its data stays.")]
    private partial void LogReal();

    [LoggerMessage(2, LogLevel.Information, "Broker: the mock in memory, which forgets everything when it ends (services publish again what it forgot). Why no Kafka: {WhyNot}")]
    private partial void LogMock(string whyNot);
}
