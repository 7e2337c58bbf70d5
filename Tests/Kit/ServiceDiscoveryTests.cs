using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ServiceDiscovery;

namespace Shop.Kit.Tests;

public sealed class ServiceDiscoveryTests
{
    private static readonly CancellationToken s_ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://_grpc.catalog/x?y=1", "http://localhost:7001/x?y=1")]
    [InlineData("http://_http.catalog", "http://localhost:7000/")]
    [InlineData("http://catalog/a", "http://localhost:7000/a")]
    [InlineData("https+http://catalog/a", "http://localhost:7000/a")]
    [InlineData("https+http://both", "https://localhost:7443/")]
    [InlineData("http://both", "http://localhost:7080/")]
    [InlineData("http://based/items", "http://localhost:7002/api/items")]
    public async Task A_request_goes_to_the_configured_endpoint(string address, string expected)
    {
        var recorder = await SendAsync(address);

        Assert.Equal(expected, Assert.Single(recorder.Addresses).ToString());
    }

    [Theory]
    [InlineData("http://example.org:81/x", "http://example.org:81/x")]
    [InlineData("https+http://unknown/x", "https://unknown/x")]
    [InlineData("http://_grpc.unknown/x", "http://unknown/x")]
    [InlineData("http://127.0.0.1:5/x", "http://127.0.0.1:5/x")]
    public async Task A_name_without_configuration_is_left_to_DNS(string address, string expected)
    {
        var recorder = await SendAsync(address);

        Assert.Equal(expected, Assert.Single(recorder.Addresses).ToString());
    }

    [Fact]
    public async Task Requests_go_to_several_endpoints_in_turn()
    {
        var recorder = await SendAsync("http://several/", times: 6);

        Assert.Equal([2, 2, 2], recorder.Addresses.GroupBy(a => a.Port).Select(g => g.Count()));
    }

    [Fact]
    public async Task The_request_has_its_own_address_again_afterwards()
    {
        var client = Client(new Recorder(), out _);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://_grpc.catalog/x");

        await client.SendAsync(request, s_ct);

        Assert.Equal("http://_grpc.catalog/x", request.RequestUri!.ToString());
    }

    [Fact]
    public async Task Changed_configuration_counts_for_the_next_request()
    {
        var recorder = new Recorder();
        var client = Client(recorder, out var services);
        await client.GetAsync("http://catalog", s_ct);

        var configuration = (IConfigurationRoot)services.GetRequiredService<IConfiguration>();
        configuration["services:catalog:http:0"] = "http://localhost:9999";
        configuration.Reload();
        var deadline = new Deadline(TimeSpan.FromSeconds(10));
        while (recorder.Addresses.Last().Port != 9999 && !deadline.HasPassed)
        {
            await client.GetAsync("http://catalog", s_ct);
        }

        Assert.Equal(9999, recorder.Addresses.Last().Port);
    }

    [Fact]
    public async Task The_resolver_lists_all_endpoints_of_a_service()
    {
        await using var services = Services(new Recorder());

        var source = await services.GetRequiredService<ServiceEndpointResolver>().GetEndpointsAsync("http://several", s_ct);

        Assert.Equal(["http://localhost:7010/", "http://localhost:7011/", "http://localhost:7012/"], source.Endpoints.Select(e => e.ToString()));
    }

    [Fact]
    public async Task A_scheme_that_is_not_allowed_is_refused()
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddServiceDiscovery(options =>
        {
            options.AllowAllSchemes = false;
            options.AllowedSchemes = ["https"];
        });
        services.AddHttpClient("c").AddServiceDiscovery().ConfigurePrimaryHttpMessageHandler(() => new Recorder());
        await using var provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("c");

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("http+https://unknown", s_ct));
    }

    [Fact]
    public async Task GRpc_does_not_balance_on_top_of_discovery()
    {
        var handler = new SocketsHttpHandler();
        await using var services = Services(handler);
        _ = services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("c");

        Assert.True(handler.Properties.TryGetValue("__GrpcLoadBalancingDisabled", out var disabled) && disabled is true);
        using var channel = GrpcChannel.ForAddress("http://_grpc.catalog", new GrpcChannelOptions { HttpHandler = handler });
        Assert.Equal("_grpc.catalog", channel.Target);
    }

    private static async Task<Recorder> SendAsync(string address, int times = 1)
    {
        var recorder = new Recorder();
        var client = Client(recorder, out _);
        for (var i = 0; i < times; i++)
        {
            await client.GetAsync(address, s_ct);
        }

        return recorder;
    }

    private static HttpClient Client(HttpMessageHandler innermost, out IServiceProvider services)
    {
        services = Services(innermost);
        return services.GetRequiredService<IHttpClientFactory>().CreateClient("c");
    }

    private static ServiceProvider Services(HttpMessageHandler innermost)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["services:catalog:http:0"] = "http://localhost:7000",
            ["services:catalog:grpc:0"] = "http://localhost:7001",
            ["services:both:https:0"] = "https://localhost:7443",
            ["services:both:http:0"] = "http://localhost:7080",
            ["services:based:http:0"] = "http://localhost:7002/api",
            ["services:several:http:0"] = "http://localhost:7010",
            ["services:several:http:1"] = "http://localhost:7011",
            ["services:several:http:2"] = "http://localhost:7012",
        }).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddServiceDiscovery();
        services.AddHttpClient("c").AddServiceDiscovery().ConfigurePrimaryHttpMessageHandler(() => innermost);
        return services.BuildServiceProvider();
    }
}
