using Grpc.Core;
using Grpc.Net.ClientFactory;

namespace Shop.GrpcClients;

/// <summary>The clients of a contract that several services serve, by service name. Thread-safe; a singleton.</summary>
public sealed class UpstreamClients<TClient> where TClient : ClientBase
{
    private readonly GrpcClientFactory _clients;
    private readonly string _contract;

    internal UpstreamClients(GrpcClientFactory clients, string contract, IReadOnlyList<string> services) =>
        (_clients, _contract, Services) = (clients, contract, services);

    /// <summary>The services' resource names.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>The client of one of <see cref="Services"/>.</summary>
    public TClient Of(string service) => _clients.CreateClient<TClient>(ClientName(service, _contract));

    internal static string ClientName(string service, string contract) => $"{service}-{contract}";
}
