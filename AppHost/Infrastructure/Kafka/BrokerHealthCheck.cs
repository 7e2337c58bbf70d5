using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.AppHost.Infrastructure.Kafka;

/// <summary>Healthy if the broker answers in Kafka's protocol: a starting broker opens its port before it is ready.</summary>
internal sealed class BrokerHealthCheck(EmbeddedBroker broker) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    // ApiVersions (18), version 0, correlation id 1, no client id. Every broker supports it.
    private static readonly byte[] Request = [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF];

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("localhost", broker.Endpoint.Port, deadline.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(Request, deadline.Token);

            var answer = new byte[10];   // length, correlation id, error code
            await stream.ReadExactlyAsync(answer, deadline.Token);
            var error = BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(8));
            return error == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"The broker answers with error {error}.");
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return HealthCheckResult.Unhealthy("The broker does not answer.", failure);
        }
    }
}
