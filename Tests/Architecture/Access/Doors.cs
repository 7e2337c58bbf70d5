using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Paging;
using Shop.Testing;

namespace Shop.Architecture.Tests.Access;

/// <summary>
/// A real service without what lies behind its doors: its own program, access rules and methods, but no database and no workers. An admitted call is answered with
/// <c>admitted</c> where the method would begin.
/// </summary>
internal sealed class Doors : IAsyncDisposable
{
    private const string Admitted = "admitted";
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly IAsyncDisposable _service;
    private readonly GrpcChannel _channel;

    private Doors(IAsyncDisposable service, TestServer server) =>
        (_service, _channel) = (service, GrpcChannel.ForAddress(server.BaseAddress, new() { HttpHandler = server.CreateHandler() }));

    /// <typeparam name="TProgram">Any public type of the service.</typeparam>
    public static Doors Of<TProgram>(string name, TokenAuthority tokens, string? database = null) where TProgram : class
    {
        var service = new WebApplicationFactory<TProgram>().WithWebHostBuilder(host => host
            .UseEnvironment("Production")
            .UseSetting($"ConnectionStrings:{database ?? name}", "Host=nowhere.invalid")
            .UseSetting("ConnectionStrings:kafka", "nowhere.invalid:9092")
            .UseSetting("Tokens:Issuer", TokenAuthority.Issuer)
            .UseSetting("Tokens:ClientId", name)
            .UseSetting("Tokens:ClientSecret", "a secret of this test")
            .UseSetting("SigningKeys:EncryptionKey", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
            .UseSetting("PageTokens:Key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
            .UseSetting("Provider:ApiKey", "an api key of this test")
            .UseSetting("Provider:WebhookSecret", "a secret of this test")
            .UseSetting("services:payment-provider:http:0", "http://nowhere.invalid")
            .UseSetting("Lifetime:Drain", "00:00:00")
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureTestServices(services =>
            {
                // The server itself is a hosted service, too.
                foreach (var worker in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name != "GenericWebHostService").ToList())
                    services.Remove(worker);
                services.AddSingleton<ITokenKeys>(tokens);
                services.AddGrpc(grpc => grpc.Interceptors.Add<Inside>());
            }));
        return new(service, service.Server);
    }

    /// <summary>OK for an admitted caller.</summary>
    public async Task<StatusCode> KnockAsync(string service, string method, bool streams, string? token)
    {
        var headers = new Metadata();
        if (token is not null)
            headers.Add("authorization", $"Bearer {token}");

        var call = new Method<byte[], byte[]>(streams ? MethodType.ServerStreaming : MethodType.Unary, service, method, Raw, Raw);
        var options = new CallOptions(headers, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        try
        {
            if (streams)
                await _channel.CreateCallInvoker().AsyncServerStreamingCall(call, null, options, []).ResponseStream.MoveNext(CancellationToken.None);
            else
                await _channel.CreateCallInvoker().AsyncUnaryCall(call, null, options, []);
            return StatusCode.OK;
        }
        catch (RpcException failure)
        {
            return failure.Reason() == Admitted ? StatusCode.OK : failure.StatusCode;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _service.DisposeAsync();
    }

    private sealed class Inside : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) => throw new ConflictException(Admitted, Admitted);

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
            throw new ConflictException(Admitted, Admitted);
    }
}
