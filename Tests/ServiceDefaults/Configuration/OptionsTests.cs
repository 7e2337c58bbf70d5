using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Configuration;
using Shop.ServiceDefaults.Endpoints;
using Shop.ServiceDefaults.Paging;

namespace Shop.ServiceDefaults.Tests.Configuration;

public sealed class OptionsTests
{
    [Fact]
    public async Task Unusable_options_stop_the_start_and_name_their_section()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
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
        builder.Logging.ClearProviders();
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
    [InlineData("Endpoints:MaxConnections", "0", "Endpoints")]
    public async Task The_defaults_own_options_are_checked_as_well(string key, string value, string section)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningService.StartAsync(builder => builder.Configuration[key] = value));

        Assert.Contains($"'{section}'", error.Message);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("only thirty-one characters long")]
    [InlineData("")]
    public async Task A_key_for_page_tokens_that_is_too_short_stops_the_start(string key) => await Assert.ThrowsAsync<OptionsValidationException>(() => RunningService.StartAsync(builder =>
    {
        builder.AddPageTokens();
        builder.Configuration["PageTokens:Key"] = key;
    }));

    [Theory]
    [InlineData("http://localhost:5000;http://localhost:5001", "http://localhost:5000;http://localhost:5001")]
    [InlineData("http://localhost:5000", "http://localhost:5000;http://localhost:5001")]
    [InlineData("http://[::1]:5000/", "http://[::1]:5000/;http://[::1]:5001")]
    [InlineData("http://+:80", "http://+:80;http://+:5001")]
    [InlineData("https://localhost:5443;http://localhost:5000", "https://localhost:5443;http://localhost:5000;http://localhost:5001")]
    [InlineData("http://shop", "http://shop;http://shop:5001")]
    public void The_grpc_port_is_listened_to_beside_the_others(string urls, string expected)
    {
        var configuration = With("5001", urls);

        Assert.Equal(5001, GrpcPort.Listen(configuration));
        Assert.Equal(expected, configuration["urls"]);
    }

    [Theory]
    [InlineData("8080", "8080;5001")]
    [InlineData("8080;5001", "8080;5001")]
    [InlineData(null, "5001")]
    public void In_a_container_the_ports_come_alone(string? ports, string expected)
    {
        var configuration = With("5001", null);
        configuration["http_ports"] = ports;

        Assert.Equal(5001, GrpcPort.Listen(configuration));
        Assert.Equal(expected, configuration["http_ports"]);
    }

    [Fact]
    public void Without_a_grpc_port_nothing_is_changed()
    {
        var configuration = With(null, "http://localhost:5000");

        Assert.Null(GrpcPort.Listen(configuration));
        Assert.Equal("http://localhost:5000", configuration["urls"]);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("70000")]
    public void A_grpc_port_that_is_none_stops_the_start(string text) => Assert.Throws<InvalidOperationException>(() => GrpcPort.Listen(With(text, null)));

    [Fact]
    public async Task A_grpc_port_that_only_its_own_variable_names_is_served()
    {
        var grpc = RunningService.FreePort();
        await using var service = await RunningService.StartAsync(before: builder => builder.Configuration["GRPC_PORT"] = $"{grpc}");
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress($"http://127.0.0.1:{grpc}");

        var answer = await new V1.ProbeService.ProbeServiceClient(channel).AskAsync(new() { Text = "here" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("here", answer.Text);
    }

    private static IConfiguration With(string? port, string? urls) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("GRPC_PORT", port), new("urls", urls)]).Build();

    private sealed class StockOptions
    {
        [Range(1, 10)]
        public int Reserve { get; set; } = 3;
    }
}
