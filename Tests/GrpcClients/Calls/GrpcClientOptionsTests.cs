using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Endpoints;

namespace Shop.GrpcClients.Tests.Calls;

public sealed class GrpcClientOptionsTests
{
    private const string Nowhere = "http://127.0.0.1:1";

    [Fact]
    public async Task The_configuration_has_the_last_word()
    {
        await using var caller = await CallingService.StartAsync(
            Nowhere, upstream => upstream.Timeout = TimeSpan.FromSeconds(3), settings: [new("GrpcClients:probe:Timeout", "00:00:07"), new("GrpcClients:probe:Connections", "2")]);

        var options = caller.Services.GetRequiredService<IOptionsMonitor<GrpcClientOptions>>().Get(CallingService.Upstream);

        Assert.Equal((TimeSpan.FromSeconds(7), 2), (options.Timeout, options.Connections));
    }

    [Fact]
    public async Task A_method_that_the_contract_does_not_have_stops_the_start()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => CallingService.StartAsync(Nowhere, upstream => upstream.Idempotent("Asked")));

        Assert.Contains("'Asked'", error.Message);
    }

    [Fact]
    public async Task A_value_that_cannot_be_used_stops_the_start()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => CallingService.StartAsync(Nowhere, upstream => upstream.Timeout = TimeSpan.Zero));

        Assert.Contains("GrpcClients:probe", error.Message);
    }

    [Fact]
    public async Task An_upstream_that_needs_a_token_stops_the_start_without_a_secret()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            CallingService.StartAsync(Nowhere, upstream => upstream.Anonymous = false, settings: [new("Tokens:ClientSecret", "")]));

        Assert.Contains("Tokens:ClientSecret", error.Message);
    }
}
