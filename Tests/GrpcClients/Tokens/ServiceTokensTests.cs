using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.GrpcClients.Tokens;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Tests.Tokens;

public sealed class ServiceTokensTests
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly ServiceTokens _tokens;
    private int _issued;
    private Func<Task> _before = () => Task.CompletedTask;

    public ServiceTokensTests() => _tokens = new ServiceTokens(
        async (audience, _) =>
        {
            var number = Interlocked.Increment(ref _issued);
            await _before();
            return new IssueServiceTokenResponse { AccessToken = $"{audience}-{number}", ExpiresIn = 900 };
        },
        _clock,
        NullLogger<ServiceTokens>.Instance);

    [Fact]
    public async Task A_token_is_used_again_and_another_upstream_gets_its_own()
    {
        Assert.Equal("inventory-1", await GetAsync("inventory"));
        Assert.Equal("inventory-1", await GetAsync("inventory"));
        Assert.Equal("payments-2", await GetAsync("payments"));
    }

    [Fact]
    public async Task Calls_that_come_at_once_ask_for_one_token()
    {
        var gate = new TaskCompletionSource();
        _before = () => gate.Task;

        var calls = Enumerable.Range(0, 50).Select(_ => GetAsync("inventory")).ToArray();
        gate.SetResult();

        Assert.All(await Task.WhenAll(calls), token => Assert.Equal("inventory-1", token));
    }

    [Fact]
    public async Task A_token_near_its_end_is_renewed_without_anybody_waiting()
    {
        await GetAsync("inventory");
        var gate = new TaskCompletionSource();
        _before = () => gate.Task;

        _clock.Advance(TimeSpan.FromMinutes(13));
        Assert.Equal("inventory-1", await GetAsync("inventory"));
        gate.SetResult();

        await Eventually.TrueAsync(async () => await GetAsync("inventory") == "inventory-2", "the new token is used");
    }

    [Fact]
    public async Task A_token_stays_in_use_while_members_is_unavailable()
    {
        await GetAsync("inventory");
        _before = () => throw new RpcException(new Status(StatusCode.Unavailable, "away"));

        _clock.Advance(TimeSpan.FromMinutes(14));

        Assert.Equal("inventory-1", await GetAsync("inventory"));
    }

    [Fact]
    public async Task Without_a_usable_token_the_upstream_is_unavailable()
    {
        await GetAsync("inventory");
        _before = () => throw new RpcException(new Status(StatusCode.Unavailable, "away"));
        _clock.Advance(TimeSpan.FromMinutes(16));

        var error = await Assert.ThrowsAsync<UnavailableException>(() => GetAsync("inventory"));
        Assert.Equal("service_token_unavailable", error.Reason);

        _before = () => Task.CompletedTask;
        Assert.StartsWith("inventory-", await GetAsync("inventory"));
    }

    [Fact]
    public async Task A_caller_that_cancels_does_not_take_the_token_from_the_others()
    {
        var gate = new TaskCompletionSource();
        _before = () => gate.Task;
        using var gaveUp = new CancellationTokenSource();

        var first = _tokens.GetAsync("inventory", gaveUp.Token).AsTask();
        var second = GetAsync("inventory");
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.Equal("inventory-1", await second);
    }

    [Fact]
    public async Task A_token_that_was_not_accepted_is_asked_for_anew()
    {
        _tokens.Invalidate("inventory", await GetAsync("inventory"));

        Assert.Equal("inventory-2", await GetAsync("inventory"));
    }

    private Task<string> GetAsync(string audience) =>
        _tokens.GetAsync(audience, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
}
