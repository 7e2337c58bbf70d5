using Microsoft.Extensions.Configuration;

namespace Shop.AppHost.Info;

/// <summary>The resources that the document describes.</summary>
internal sealed record ShopMap(
    IConfiguration Configuration,
    IReadOnlyList<ProjectResource> Services,
    ProjectResource Gateway,
    ProjectResource Storefront,
    ProjectResource Console,
    ProjectResource Provider,
    TokenAuthority Tokens,
    ShopPostgres Postgres,
    IResourceWithConnectionString Kafka,
    IReadOnlyList<IEmbeddedServer> Embedded)
{
    /// <summary>The services (at least one replica each) and the embedded servers.</summary>
    public IEnumerable<IResource> MustBeHealthy => [.. Services, .. Embedded];

    public async Task<InfoDocument> DescribeAsync(Snapshots snapshots, Lock guard, CancellationToken cancel)
    {
        var databases = new Dictionary<string, string?>();
        foreach (var (service, database) in Postgres.Databases)
            databases[service] = await database.Resource.GetConnectionStringAsync(cancel);
        var email = await Tokens.OperatorEmail.Resource.GetValueAsync(cancel);
        var password = await Tokens.OperatorPassword.Resource.GetValueAsync(cancel);
        var bootstrap = await Kafka.GetConnectionStringAsync(cancel);

        lock (guard)
        {
            var servers = Embedded.OfType<EmbeddedPostgres>().Select(server => new ServerInfo(DataFolder.PostmasterOf(server.Data), server.Endpoint.Port)).ToList();
            var broker = Kafka as EmbeddedBroker;
            return new()
            {
                Gateway = Gateway.GetEndpoint("http").Url,
                Storefront = Storefront.GetEndpoint("http").Url,
                Console = Console.GetEndpoint("http").Url,
                Dashboard = Dashboard(),
                PaymentProvider = Provider.GetEndpoint("http").Url,
                Operator = new(email, password),
                Kafka = new(bootstrap, broker?.Kind is BrokerKind.Mock ? "mock" : "kafka", broker is null ? null : snapshots.PidOf(broker)),
                Postgres = servers.Count == 0 ? null : servers,
                Services = Services.ToDictionary(service => service.Name, service => new ServiceInfo(databases.GetValueOrDefault(service.Name), snapshots.Replicas(service))),
            };
        }
    }

    /// <summary>Null: the dashboard is off, as it is in tests.</summary>
    private string? Dashboard()
    {
        var url = DashboardPort.AddressOf(Configuration);
        var token = Configuration["AppHost:BrowserToken"];
        return (url, token) switch
        {
            (null, _) => null,
            (_, null or "") => url,
            _ => $"{url}/login?t={token}",
        };
    }
}
