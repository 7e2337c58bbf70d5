using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Shop.AppHost.Services;
using Shop.AppHost.Settings;

namespace Shop.AppHost.Tests;

public sealed class CourierSettingsTests
{
    [Fact]
    public async Task What_is_set_reaches_shipping_and_what_is_not_stays_its_own_default()
    {
        var environment = await EnvironmentAsync("--Shop:Courier:Pace=manual", "--Shop:Courier:DeliverAfter=00:00:05");

        Assert.Equal(["Courier__DeliverAfter=00:00:05", "Courier__Pace=Manual"], environment.Order());
        Assert.Empty(await EnvironmentAsync());
    }

    [Fact]
    public async Task A_pace_that_is_none_is_refused_before_anything_starts() =>
        Assert.Contains("Shop:Courier:Pace", (await Assert.ThrowsAsync<SetupException>(() => EnvironmentAsync("--Shop:Courier:Pace=sometimes"))).Message, StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> EnvironmentAsync(params string[] arguments)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = arguments, DisableDashboard = true });
        var shipping = builder.AddProject<Projects.Shipping>("shipping", launchProfileName: null).WithCourier();

        var variables = new Dictionary<string, object>();
        foreach (var annotation in shipping.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(new(builder.ExecutionContext, variables, TestContext.Current.CancellationToken));
        return [.. variables.Where(variable => variable.Key.StartsWith("Courier__", StringComparison.Ordinal)).Select(variable => $"{variable.Key}={variable.Value}")];
    }
}
