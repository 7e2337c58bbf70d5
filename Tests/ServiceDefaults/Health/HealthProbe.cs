using Grpc.Core;
using Grpc.Net.Client;
using Shop.ServiceDefaults.Validation;

namespace Shop.ServiceDefaults.Tests.Health;

/// <summary>An independent client of the gRPC health protocol, encoded by hand.</summary>
internal sealed class HealthProbe(GrpcChannel channel)
{
    public const int Serving = 1;
    public const int NotServing = 2;

    private static readonly Marshaller<string> Request = Marshallers.Create(
        service => service.Length == 0 ? [] : [0x0A, (byte)service.Length, .. System.Text.Encoding.UTF8.GetBytes(service)], _ => "");

    private static readonly Marshaller<int> Response = Marshallers.Create(_ => [], bytes => bytes is [0x08, var status] ? status : 0);

    public async Task<int> CheckAsync(string service = "")
    {
        var method = new Method<string, object>(
            MethodType.Unary, "grpc.health.v1.Health", "Check", Request, Marshallers.Create<object>(_ => [], bytes => Response.Deserializer(bytes)));
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(cancellationToken: TestContext.Current.CancellationToken), service);
        return (int)await call.ResponseAsync;
    }

    public AsyncServerStreamingCall<object> Watch()
    {
        var method = new Method<string, object>(
            MethodType.ServerStreaming, "grpc.health.v1.Health", "Watch", Request, Marshallers.Create<object>(_ => [], bytes => Response.Deserializer(bytes)));
        return channel.CreateCallInvoker().AsyncServerStreamingCall(method, null, new CallOptions(cancellationToken: TestContext.Current.CancellationToken), "");
    }
}
