using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Access;

namespace Shop.ServiceDefaults.Tests.Access;

public sealed class TokenKeysTests
{
    private readonly TestTokens _members = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private bool _isAway;
    private int _fetches;

    [Fact]
    public async Task Keys_are_fetched_when_first_needed_and_then_kept()
    {
        await using var members = await MembersAsync();
        var keys = Keys(members);

        Assert.True(await EnsureAsync(keys, _members.SigningKey.KeyId));
        Assert.True(await EnsureAsync(keys, _members.SigningKey.KeyId));

        Assert.Contains(keys.Known, key => key.KeyId == _members.SigningKey.KeyId);
        Assert.Equal(1, _fetches);
    }

    [Fact]
    public async Task Many_that_come_at_once_share_one_fetch()
    {
        await using var members = await MembersAsync();
        var keys = Keys(members);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => EnsureAsync(keys, _members.SigningKey.KeyId)));

        Assert.Equal(1, _fetches);
    }

    [Fact]
    public async Task A_new_key_is_found_by_its_first_token()
    {
        await using var members = await MembersAsync();
        var keys = Keys(members);
        await EnsureAsync(keys, _members.SigningKey.KeyId);

        _members.Rotate();
        _clock.Advance(TimeSpan.FromSeconds(6));
        await EnsureAsync(keys, _members.SigningKey.KeyId);

        Assert.Contains(keys.Known, key => key.KeyId == _members.SigningKey.KeyId);
    }

    [Fact]
    public async Task Invented_key_ids_cause_no_more_than_one_fetch_per_interval()
    {
        await using var members = await MembersAsync();
        var keys = Keys(members);

        for (var i = 0; i < 100; i++)
            await EnsureAsync(keys, $"invented-{i}");

        Assert.Equal(1, _fetches);
    }

    [Fact]
    public async Task Keys_stay_while_members_is_unavailable()
    {
        await using var members = await MembersAsync();
        var keys = Keys(members);
        await EnsureAsync(keys, _members.SigningKey.KeyId);

        _isAway = true;
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.True(await EnsureAsync(keys, "unknown"));
        Assert.Contains(keys.Known, key => key.KeyId == _members.SigningKey.KeyId);
    }

    [Fact]
    public async Task Old_keys_are_fetched_again_so_that_one_taken_back_ends()
    {
        await using var members = await MembersAsync();
        var keys = Keys(members);
        var old = _members.SigningKey.KeyId;
        await EnsureAsync(keys, old);

        _members.TakeBack(old);
        _clock.Advance(TimeSpan.FromMinutes(6));
        await EnsureAsync(keys, old);

        await Eventually.TrueAsync(() => keys.Known.All(key => key.KeyId != old), "the key is gone");
    }

    [Fact]
    public async Task Without_any_keys_nothing_can_be_said()
    {
        _isAway = true;
        await using var members = await MembersAsync();

        Assert.False(await EnsureAsync(Keys(members), "any"));
    }

    private static async Task<bool> EnsureAsync(TokenKeys keys, string keyId) => await keys.EnsureAsync(keyId, TestContext.Current.CancellationToken);

    private Task<RunningService> MembersAsync() => RunningService.StartAsync(map: app => app.MapGet("/keys", async (HttpContext context) =>
    {
        Interlocked.Increment(ref _fetches);
        context.Response.StatusCode = _isAway ? 503 : 200;
        await context.Response.WriteAsync(_isAway ? "" : _members.Jwks());
    }).AllowAnyone());

    private TokenKeys Keys(RunningService members)
    {
        var options = new AccessOptions { JwksAddress = new Uri(members.Http.BaseAddress!, "/keys") };
        var clients = new ServiceCollection().AddHttpClient().BuildServiceProvider().GetRequiredService<IHttpClientFactory>();
        return new TokenKeys(clients, Options.Create(options), _clock, NullLogger<TokenKeys>.Instance);
    }
}
