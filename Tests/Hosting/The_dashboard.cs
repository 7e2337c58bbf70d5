using System.Net;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Hosting.Tests.Running;

namespace Shop.Hosting.Tests;

public sealed class The_dashboard
{
    [Fact]
    public async Task It_asks_for_its_token_and_lets_in_who_has_it()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(
            ["--scenario", "lifecycle"], (options, _) => options.DisableDashboard = false, TestContext.Current.CancellationToken);
        await using var application = await builder.BuildAsync(TestContext.Current.CancellationToken).WaitAsync(SampleApp.Patience, TestContext.Current.CancellationToken);
        await application.StartAsync(TestContext.Current.CancellationToken).WaitAsync(SampleApp.Patience, TestContext.Current.CancellationToken);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("aspire-dashboard", TestContext.Current.CancellationToken)
            .WaitAsync(SampleApp.Patience, TestContext.Current.CancellationToken);

        var token = application.Services.GetRequiredService<IConfiguration>()["AppHost:BrowserToken"];
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = application.GetEndpoint("aspire-dashboard", "http") };

        using var stranger = await browser.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Found, stranger.StatusCode);
        Assert.Contains("/login", stranger.Headers.Location!.ToString(), StringComparison.Ordinal);

        using var login = await browser.GetAsync($"/login?t={token}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Found, login.StatusCode);
        using var page = await browser.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }
}
