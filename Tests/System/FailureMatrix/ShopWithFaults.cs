using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>A shop of its own, beside the one that the other tests share: its Ordering calls the upstreams through the fault proxy.</summary>
internal sealed class ShopWithFaults : RunningShop
{
    /// <summary>Longer than all calls of a batch need to arrive at the proxy, also on a busy machine. A step outlives its call, and a lease its step.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(28);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(40);

    private bool _isBuilt;

    public ShopWithFaults() => Proxy = new(service => _isBuilt ? App.GetEndpoint(service, "grpc") : null);

    public FaultProxy Proxy { get; }

    public override async ValueTask InitializeAsync()
    {
        await Proxy.StartAsync();
        await base.InitializeAsync();
    }

    protected override void Configure(IDistributedApplicationTestingBuilder builder)
    {
        var ordering = builder.CreateResourceBuilder((ProjectResource)builder.Resources.Single(resource => resource.Name == "ordering"));
        ordering.WithEnvironment("Sagas__StepTimeout", StepTimeout.ToString());
        ordering.WithEnvironment("Sagas__Lease", Lease.ToString());
        foreach (var (upstream, address) in Proxy.Addresses)
        {
            ordering.WithEnvironment($"GrpcClients__{upstream}__Address", address.ToString());
            ordering.WithEnvironment($"GrpcClients__{upstream}__Timeout", CallTimeout.ToString());
            // So many faults at once would open the breakers, and then no call would arrive at the proxy. Breakers have tests of their own.
            ordering.WithEnvironment($"GrpcClients__{upstream}__MinimumThroughput", "10000");
        }
        _isBuilt = true;
    }

    /// <summary>More coupons like the member's welcome coupon, each of a campaign of its own.</summary>
    public async Task<IReadOnlyList<string>> MoreCouponsAsync(string welcome, int count)
    {
        await using var connection = new NpgsqlConnection(Info.DatabaseOf("coupons"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            insert into coupons
            select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'campaign', 'matrix-' || n))).* from coupons c, generate_series(1, $2) n where c.id = $1
            returning id
            """, connection) { Parameters = { new() { Value = Guid.Parse(welcome) }, new() { Value = count } } };
        var coupons = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            coupons.Add(reader.GetGuid(0).ToString());
        return coupons;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Proxy.DisposeAsync();
    }
}
