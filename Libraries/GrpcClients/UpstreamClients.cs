using Grpc.Core;
using Grpc.Net.ClientFactory;

namespace Shop.GrpcClients;

/// <summary>A contract that several services serve: a client for each, by the service's name.</summary>
public sealed class UpstreamClients<TClient> where TClient : ClientBase
{
    private readonly GrpcClientFactory _clients;
    private readonly string _contract;

    internal UpstreamClients(GrpcClientFactory clients, string contract, IReadOnlyList<string> services) =>
        (_clients, _contract, Services) = (clients, contract, services);

    public IReadOnlyList<string> Services { get; }

    public TClient Of(string service) => _clients.CreateClient<TClient>(ClientName(service, _contract));

    internal static string ClientName(string service, string contract) => $"{service}-{contract}";
}
