extern alias basket;
extern alias catalog;
extern alias coupons;
extern alias gateway;
extern alias inventory;
extern alias notifications;
extern alias orderhistory;
extern alias ordering;
extern alias payments;
extern alias reviews;
extern alias shipping;

using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Members.Tests.Running;
using Shop.Testing;

namespace Shop.Members.Tests;

/// <summary>A rotation of keys, as seen by the real services and the gateway.</summary>
public sealed class KeyDistributionTests(RunningMembers members) : IClassFixture<RunningMembers>, IAsyncLifetime
{
    private readonly List<AnyService> _services = [];

    public ValueTask InitializeAsync()
    {
        _services.AddRange([
            AnyService.Start<basket::Program>("basket", members),
            AnyService.Start<catalog::Program>("catalog", members),
            AnyService.Start<coupons::Program>("coupons", members),
            AnyService.Start<inventory::Program>("inventory", members),
            AnyService.Start<notifications::Program>("notifications", members),
            AnyService.Start<ordering::Program>("ordering", members),
            AnyService.Start<orderhistory::Program>("order-history", members),
            AnyService.Start<payments::Program>("payments", members),
            AnyService.Start<reviews::Program>("reviews", members),
            AnyService.Start<shipping::Program>("shipping", members),
            AnyService.Start<gateway::Program>("gateway", members)]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
            await service.DisposeAsync();
    }

    [Fact]
    public async Task A_token_of_the_old_key_counts_to_its_end_everywhere_and_one_of_a_key_that_was_taken_back_nowhere()
    {
        var person = await members.SignUpAsync();
        members.Clock.Advance(TimeSpan.FromDays(29) + TimeSpan.FromMinutes(5));
        await CheckAsync();

        // Ten minutes before the next key signs.
        members.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(10));
        var old = await TokenAsync();
        Assert.Equal([], await RefusedByAsync(old));

        members.Clock.Advance(TimeSpan.FromMinutes(11));
        await CheckAsync();
        var young = await TokenAsync();
        Assert.NotEqual(KidOf(old), KidOf(young));
        Assert.Equal([], await RefusedByAsync(old));
        Assert.Equal([], await RefusedByAsync(young));

        members.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(_services.Select(service => service.Name), await RefusedByAsync(old));
        Assert.Equal([], await RefusedByAsync(young));

        // The runbook for a stolen key (docs/sign-in.md).
        await members.QueryAsync<int>("delete from signing_keys where id = @id", new { id = KidOf(young) });
        await CheckAsync();
        await Eventually.TrueAsync(async () => (await RefusedByAsync(young)).Count == _services.Count, "every service has noticed");
        var next = await TokenAsync();
        Assert.NotEqual(KidOf(young), KidOf(next));
        await Eventually.TrueAsync(async () => (await RefusedByAsync(next)).Count == 0, "the next key counts everywhere");

        async Task<string> TokenAsync() => (await members.SignInAsync(person)).AccessToken;
    }

    private Task CheckAsync() => Task.WhenAll(members.First.CheckKeysAsync(), members.Second.CheckKeysAsync());

    private async Task<List<string>> RefusedByAsync(string token)
    {
        var refused = new List<string>();
        foreach (var service in _services)
        {
            if (!await service.AcceptsAsync(token))
                refused.Add(service.Name);
        }
        return refused;
    }

    private static string KidOf(string token) => new JsonWebToken(token).Kid;
}
