using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Tests.Callees;

public sealed class CalleeOptionsTests
{
    private const string Nowhere = "http://127.0.0.1:1";

    [Fact]
    public async Task The_configuration_has_the_last_word()
    {
        await using var caller = await CallingService.StartAsync(
            Nowhere, callee => callee.Timeout = TimeSpan.FromSeconds(3), settings: [new("Callees:probe:Timeout", "00:00:07"), new("Callees:probe:Connections", "2")]);

        var options = caller.Services.GetRequiredService<IOptionsMonitor<CalleeOptions>>().Get(CallingService.Callee);

        Assert.Equal((TimeSpan.FromSeconds(7), 2), (options.Timeout, options.Connections));
    }

    [Fact]
    public async Task A_method_that_the_contract_does_not_have_stops_the_start()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => CallingService.StartAsync(Nowhere, callee => callee.Idempotent("Asked")));

        Assert.Contains("'Asked'", error.Message);
    }

    [Fact]
    public async Task A_value_that_cannot_be_used_stops_the_start()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => CallingService.StartAsync(Nowhere, callee => callee.Timeout = TimeSpan.Zero));

        Assert.Contains("Callees:probe", error.Message);
    }

    [Fact]
    public async Task A_callee_that_needs_a_token_stops_the_start_without_a_secret()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            CallingService.StartAsync(Nowhere, callee => callee.Anonymous = false, settings: [new("Tokens:ClientSecret", "")]));

        Assert.Contains("Tokens:ClientSecret", error.Message);
    }
}
