using System.Runtime.CompilerServices;
using Grpc.Core;
using HealthContract = Grpc.Health.V1.Health;

namespace Shop.GrpcClients.Connections;

/// <summary>Opens a client's connections before anybody needs them: health calls by the client's own channel, with its token, one for each connection.</summary>
internal static class UpstreamProbe
{
    private static readonly string Service = HealthContract.Descriptor.FullName;

    /// <summary>Probes say nothing about how calls fare: an upstream that is still starting must not open the breaker.</summary>
    public static bool Is(IMethod method) => method.ServiceName == Service;

    /// <exception cref="RpcException">It cannot be reached. Any answer is good: it may be warming up itself.</exception>
    public static Task ConnectAsync(ClientBase client, int connections, CancellationToken cancel)
    {
        var health = new HealthContract.HealthClient(InvokerOf(client));
        return Task.WhenAll(Enumerable.Range(0, connections).Select(_ => AskAsync(health, cancel)));
    }

    private static async Task AskAsync(HealthContract.HealthClient health, CancellationToken cancel)
    {
        try
        {
            await health.CheckAsync(new(), cancellationToken: cancel).ConfigureAwait(false);
        }
        catch (RpcException answer) when (answer.StatusCode is StatusCode.Unimplemented or StatusCode.PermissionDenied or StatusCode.Unauthenticated or StatusCode.NotFound)
        {
            // It is there.
        }
    }

    // Protected: generated clients are made for their own contract only.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_CallInvoker")]
    private static extern CallInvoker InvokerOf(ClientBase client);
}
