using System.Runtime.CompilerServices;
using Grpc.Core;
using HealthContract = Grpc.Health.V1.Health;

namespace Shop.GrpcClients.Connections;

/// <summary>Opens a client's connections in advance, by one health call per connection over the client's channel, with its token.</summary>
internal static class UpstreamProbe
{
    private static readonly string Service = HealthContract.Descriptor.FullName;

    /// <summary>Probes bypass the breaker: an upstream that is still starting must not open it.</summary>
    public static bool Is(IMethod method) => method.ServiceName == Service;

    /// <exception cref="RpcException">The upstream cannot be reached. Any health status is accepted: it may be warming up itself.</exception>
    public static Task ConnectAsync(ClientBase client, int connections, CancellationToken cancel)
    {
        var health = new HealthContract.HealthClient(InvokerOf(client));
        return Task.WhenAll(Enumerable.Range(0, connections).Select(_ => CheckAsync(health, cancel)));
    }

    private static async Task CheckAsync(HealthContract.HealthClient health, CancellationToken cancel)
    {
        try
        {
            await health.CheckAsync(new(), cancellationToken: cancel).ConfigureAwait(false);
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.Unimplemented or StatusCode.PermissionDenied or StatusCode.Unauthenticated or StatusCode.NotFound)
        {
            // A response: the connection is open.
        }
    }

    // The property is protected.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_CallInvoker")]
    private static extern CallInvoker InvokerOf(ClientBase client);
}
