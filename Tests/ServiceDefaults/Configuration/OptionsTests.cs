using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Endpoints;

namespace Shop.ServiceDefaults.Tests.Configuration;

public sealed class OptionsTests
{
    [Fact]
    public async Task Unusable_options_stop_the_start_and_name_their_section()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Stock:Reserve", "0")]);
        builder.AddValidatedOptions<StockOptions>("Stock");
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("'Stock'", error.Message);
        Assert.Contains("Reserve", error.Message);
    }

    [Fact]
    public async Task Usable_options_are_bound()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Stock:Reserve", "7")]);
        builder.AddValidatedOptions<StockOptions>("Stock");
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(7, host.Services.GetRequiredService<IOptions<StockOptions>>().Value.Reserve);
    }

    [Theory]
    [InlineData("Tokens:Issuer", "", "Tokens")]
    [InlineData("Tokens:ClientId", "", "Tokens")]
    [InlineData("Lifetime:Drain", "00:00:09", "Lifetime")]
    [InlineData("Endpoints:MaxBodyBytes", "1", "Endpoints")]
    public async Task The_defaults_own_options_are_checked_as_well(string key, string value, string section)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningService.StartAsync(builder => builder.Configuration[key] = value));

        Assert.Contains($"'{section}'", error.Message);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("not base64")]
    [InlineData("")]
    public async Task A_key_for_page_tokens_that_is_none_stops_the_start(string key) => await Assert.ThrowsAsync<OptionsValidationException>(() => RunningService.StartAsync(builder =>
    {
        builder.AddPageTokens();
        builder.Configuration["PageTokens:Key"] = key;
    }));

    [Theory]
    [InlineData(null, null)]
    [InlineData("5001", 5001)]
    public void The_grpc_port_is_read(string? text, int? port) => Assert.Equal(port, GrpcPort.Read(With(text, "http://localhost:5000;http://localhost:5001")));

    [Theory]
    [InlineData("x", "http://localhost:5000")]
    [InlineData("70000", "http://localhost:70000")]
    [InlineData("5001", "http://localhost:5000")]
    [InlineData("5001", null)]
    public void A_grpc_port_that_nobody_would_listen_to_stops_the_start(string text, string? urls) =>
        Assert.Throws<InvalidOperationException>(() => GrpcPort.Read(With(text, urls)));

    [Fact]
    public void In_a_container_the_ports_come_alone() =>
        Assert.Equal(8081, GrpcPort.Read(new ConfigurationBuilder().AddInMemoryCollection([new("GRPC_PORT", "8081"), new("http_ports", "8080;8081")]).Build()));

    private static IConfiguration With(string? port, string? urls) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("GRPC_PORT", port), new("urls", urls)]).Build();

    private sealed class StockOptions
    {
        [Range(1, 10)]
        public int Reserve { get; set; } = 3;
    }
}
