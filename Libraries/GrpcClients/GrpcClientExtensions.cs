using Grpc.Core;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.GrpcClients.Calls;
using Shop.GrpcClients.Connections;
using Shop.GrpcClients.Tokens;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Discovery;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.GrpcClients;

/// <summary>Registration of gRPC clients.</summary>
public static class GrpcClientExtensions
{
    private const string TokenIssuer = "members-tokens";

    /// <summary>
    /// Registers a client of another service: found by service discovery, over several connections, with this service's token, a deadline, a bulkhead and a circuit breaker,
    /// and with retries or hedging for the methods declared so. Its calls throw <see cref="Grpc.Core.RpcException"/>, or <see cref="OperationCanceledException"/> if they
    /// were cancelled. The client is transient and thread-safe.
    /// </summary>
    /// <param name="name">The upstream's resource name, which is also the audience of its tokens: "catalog".</param>
    /// <param name="configure">The configuration section <c>GrpcClients:{name}</c> overrides it.</param>
    /// <returns>The underlying HTTP client, for tests that replace the transport.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IHostApplicationBuilder builder, string name, Action<GrpcClientOptions>? configure = null)
        where TClient : ClientBase
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);

        builder.AddServiceTokens();
        builder.AddWarmUp<TClient>(name, typeof(TClient).FullName!, WarmUpStage.Connections);
        return builder.AddClient<TClient>(name, name, typeof(TClient).FullName!, configure);
    }

    /// <summary>
    /// The same for a contract that several services serve; code injects <see cref="UpstreamClients{TClient}"/>. Each service has its own limits and breaker, separate from
    /// those of its other clients, in the configuration section <c>GrpcClients:{service}-{contract}</c>.
    /// </summary>
    /// <param name="contract">A short name of the contract, such as "operations".</param>
    /// <param name="services">The upstreams' resource names.</param>
    public static void AddGrpcClients<TClient>(
        this IHostApplicationBuilder builder, string contract, IReadOnlyList<string> services, Action<GrpcClientOptions>? configure = null)
        where TClient : ClientBase
    {
        builder.AddServiceTokens();
        foreach (var service in services)
        {
            var name = UpstreamClients<TClient>.ClientName(service, contract);
            builder.AddClient<TClient>(name, service, name, configure);
        }

        builder.Services.AddSingleton(provider => new UpstreamClients<TClient>(provider.GetRequiredService<GrpcClientFactory>(), contract, services));
    }

    /// <summary>Sends this service's own token with the requests of an HTTP client; for upstreams that are not called by gRPC.</summary>
    /// <param name="audience">The upstream's resource name: "gateway".</param>
    public static IHttpClientBuilder AddServiceToken(this IHttpClientBuilder http, IHostApplicationBuilder builder, string audience)
    {
        builder.AddServiceTokens();
        return http.AddHttpMessageHandler(services => new ServiceTokenHandler(services.GetRequiredService<ServiceTokens>(), audience));
    }

    private static IHttpClientBuilder AddClient<TClient>(
        this IHostApplicationBuilder builder, string name, string service, string clientName, Action<GrpcClientOptions>? configure)
        where TClient : ClientBase
    {
        builder.AddAccessOptions();
        builder.Services.AddHttpContextAccessor();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IncomingCall>();
        builder.Services.TryAddSingleton<UpstreamMetrics>();
        builder.Services.TryAddSingleton<UpstreamCircuits>();

        builder.Services.AddOptions<GrpcClientOptions>(name)
            .Configure(options => configure?.Invoke(options))
            .BindConfiguration($"GrpcClients:{name}")
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<GrpcClientOptions>>(services =>
            new GrpcClientValidator(name, typeof(TClient), services.GetRequiredService<IOptions<AccessOptions>>()));

        return builder.Services
            .AddGrpcClient<TClient>(clientName, (services, client) =>
                client.Address = Options(services, name).Address ?? new Uri($"http://_grpc.{service}"))
            .ConfigureChannel((services, channel) => channel.ServiceConfig = UpstreamServiceConfig.Of(typeof(TClient), Options(services, name)))
            .ConfigurePrimaryHttpMessageHandler(services => new SpreadingHandler(Options(services, name)))
            // The channel keeps its handler; the connections inside it have a limited lifetime.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddInterceptor(InterceptorScope.Channel, services => ActivatorUtilities.CreateInstance<UpstreamInterceptor>(
                services, service, Options(services, name), services.GetRequiredService<UpstreamCircuits>().Of(name)))
            .RemoveAllLoggers()
            .WithoutResilienceHandlers();
    }

    /// <summary>Tokens are requested from Members by a separate client, registered once, whatever the order of registrations.</summary>
    private static void AddServiceTokens(this IHostApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(ServiceTokens)))
            return;

        builder.Services.AddSingleton(CreateServiceTokens);
        builder.AddWarmUp<ServiceTokenClient>(TokenIssuer, TokenIssuer, WarmUpStage.Tokens);
        builder.AddClient<ServiceTokenClient>(TokenIssuer, "members", TokenIssuer, upstream =>
        {
            upstream.Anonymous = true;
            upstream.Timeout = TimeSpan.FromSeconds(4);
            upstream.Connections = 1;
            upstream.Idempotent(nameof(ServiceTokenClient.IssueServiceToken));
        });
    }

    private static ServiceTokens CreateServiceTokens(IServiceProvider services)
    {
        var self = services.GetRequiredService<IOptions<AccessOptions>>().Value;

        return new ServiceTokens(
            // Resolved when needed: the client is itself a gRPC client.
            async (audience, cancel) =>
            {
                var request = new IssueServiceTokenRequest { ClientId = self.ClientId, ClientSecret = self.ClientSecret ?? "", Audience = audience };
                return await services.GetRequiredService<ServiceTokenClient>().IssueServiceTokenAsync(request, cancellationToken: cancel).ConfigureAwait(false);
            },
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ServiceTokens>>());
    }

    private static void AddWarmUp<TClient>(this IHostApplicationBuilder builder, string name, string clientName, WarmUpStage stage) where TClient : ClientBase =>
        builder.AddWarmUp($"upstream {name}", stage, (services, cancel) => UpstreamProbe.ConnectAsync(
            services.GetRequiredService<GrpcClientFactory>().CreateClient<TClient>(clientName), Options(services, name).Connections, cancel));

    private static GrpcClientOptions Options(IServiceProvider services, string name) => services.GetRequiredService<IOptionsMonitor<GrpcClientOptions>>().Get(name);
}
