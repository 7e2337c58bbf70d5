using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Coupons.V1;
using Shop.Inventory.V1;
using Shop.Payments.V1;
using Shop.Shipping.V1;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>
/// Stands between Ordering and its upstreams: one cleartext HTTP/2 address per upstream. It reads the order's id of each call, and does with the call what the script of
/// that order says. Calls that are about no order are passed on.
/// </summary>
internal sealed class FaultProxy(Func<string, Uri?> addressOf) : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Upstreams = ["inventory", "coupons", "payments", "shipping"];

    /// <summary>An order is known to the test only after its answer, and its first call may come before that.</summary>
    private static readonly TimeSpan ScriptComesWithin = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, MethodDescriptor> Methods = new[]
        {
            InventoryReflection.Descriptor, CouponsReflection.Descriptor, PaymentsReflection.Descriptor, ShippingReflection.Descriptor,
        }
        .SelectMany(file => file.Services).SelectMany(service => service.Methods)
        .ToDictionary(method => $"/{method.Service.FullName}/{method.Name}");

    // Several connections, as Ordering itself has: a connection stays with one replica.
    private readonly HttpMessageInvoker[] _connections = [.. Enumerable.Range(0, 4).Select(_ => new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2), PooledConnectionLifetime = TimeSpan.FromSeconds(20) }))];
    private readonly ConcurrentDictionary<string, TaskCompletionSource<OrderScript>> _scripts = new();
    private readonly Dictionary<int, string> _upstreamOf = [];
    private WebApplication? _app;
    private uint _next;

    /// <summary>By upstream.</summary>
    public IReadOnlyDictionary<string, Uri> Addresses => _upstreamOf.ToDictionary(port => port.Value, port => new Uri($"http://127.0.0.1:{port.Key}"));

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var _ in Upstreams)
                kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
        var ports = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port);
        foreach (var (port, upstream) in ports.Zip(Upstreams))
            _upstreamOf[port] = upstream;
    }

    public void Register(OrderScript script) => ScriptOf(script.OrderId).TrySetResult(script);

    private TaskCompletionSource<OrderScript> ScriptOf(string order) => _scripts.GetOrAdd(order, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task HandleAsync(HttpContext http)
    {
        var method = http.Request.Path.Value!;
        using var buffer = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
            var body = buffer.ToArray();
            Task<GrpcAnswer> ForwardAsync() => this.ForwardAsync(http, method, body);

            GrpcAnswer? answer;
            if (OrderIdOf(method, body) is { } order)
            {
                var script = await ScriptOf(order).Task.WaitAsync(ScriptComesWithin, http.RequestAborted);
                answer = await script.CallAsync(method, ForwardAsync, http.RequestAborted);
            }
            else
                answer = await ForwardAsync();

            if (answer is not null)
                await answer.WriteAsync(http.Response);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // The caller has given up, or is dead.
        }
        catch (TimeoutException)
        {
            await GrpcAnswer.Failure(StatusCode.Unavailable, "The test knows no such order.").WriteAsync(http.Response);
        }
    }

    /// <summary>Whatever keeps the upstream from answering is UNAVAILABLE, as it is without the proxy.</summary>
    private async Task<GrpcAnswer> ForwardAsync(HttpContext http, string method, byte[] body)
    {
        var upstream = _upstreamOf[http.Connection.LocalPort];
        if (addressOf(upstream) is not { } address)
            return GrpcAnswer.Failure(StatusCode.Unavailable, $"{upstream} has no address yet.");

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(body) };
        foreach (var (name, values) in http.Request.Headers.Where(header => !header.Key.StartsWith(':') && header.Key is not ("Host" or "Content-Length")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        try
        {
            using var response = await _connections[Interlocked.Increment(ref _next) % (uint)_connections.Length].SendAsync(request, http.RequestAborted);
            return await GrpcAnswer.ReadAsync(response, http.RequestAborted);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return GrpcAnswer.Failure(StatusCode.Unavailable, failure.Message);
        }
    }

    /// <summary>Null: the method has no order's id, or it is empty, as in calls that only warm a service up.</summary>
    private static string? OrderIdOf(string path, byte[] body)
    {
        if (!Methods.TryGetValue(path, out var method) || method.InputType.FindFieldByName("order_id") is not { } field)
            return null;

        var message = method.InputType.Parser.ParseFrom(body, 5, (int)BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(1)));
        var order = (string)field.Accessor.GetValue(message);
        return order.Length == 0 ? null : order;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        foreach (var connection in _connections)
            connection.Dispose();
    }
}
