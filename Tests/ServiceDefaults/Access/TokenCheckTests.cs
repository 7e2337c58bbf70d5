using System.Text;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Shop.ServiceDefaults.Tests.Access;

public sealed class TokenCheckTests
{
    private static readonly string Someone = Guid.CreateVersion7().ToString();

    [Fact]
    public async Task A_good_token_counts()
    {
        var tokens = new TestTokens();

        Assert.Equal(StatusCode.OK, await AskAsync(tokens, tokens.Issue(Someone, "member", "shop")));
    }

    [Fact]
    public async Task A_token_of_another_issuer_does_not_count()
    {
        var tokens = new TestTokens();

        Assert.Equal(StatusCode.Unauthenticated, await AskAsync(tokens, tokens.Issue(Someone, "member", "shop", issuer: "https://evil.test")));
    }

    [Fact]
    public async Task A_token_for_another_audience_does_not_count()
    {
        var tokens = new TestTokens();

        Assert.Equal(StatusCode.Unauthenticated, await AskAsync(tokens, tokens.Issue(Someone, "member", "another-shop")));
    }

    [Fact]
    public async Task A_token_by_another_key_with_a_known_id_does_not_count()
    {
        var tokens = new TestTokens();
        var forger = new SigningCredentials(TestTokens.NewKey(tokens.SigningKey.KeyId), SecurityAlgorithms.EcdsaSha256);

        Assert.Equal(StatusCode.Unauthenticated, await AskAsync(tokens, tokens.Issue(Someone, "operator", "shop", by: forger)));
    }

    [Fact]
    public async Task A_token_with_algorithm_none_does_not_count()
    {
        var tokens = new TestTokens();
        var good = tokens.Issue(Someone, "operator", "shop");
        var header = Base64UrlEncoder.Encode($$"""{"alg":"none","typ":"JWT","kid":"{{tokens.SigningKey.KeyId}}"}""");

        Assert.Equal(StatusCode.Unauthenticated, await AskAsync(tokens, $"{header}.{good.Split('.')[1]}."));
        Assert.Equal(StatusCode.Unauthenticated, await AskAsync(tokens, $"{header}.{good.Split('.')[1]}.{good.Split('.')[2]}"));
    }

    // Algorithm confusion: the public key used as the secret of a symmetric algorithm.
    [Fact]
    public async Task A_token_signed_with_the_public_key_as_a_secret_does_not_count()
    {
        var tokens = new TestTokens();
        var published = Encoding.UTF8.GetBytes(tokens.SigningKey.ECDsa.ExportSubjectPublicKeyInfoPem());
        var forger = new SigningCredentials(new SymmetricSecurityKey(published) { KeyId = tokens.SigningKey.KeyId }, SecurityAlgorithms.HmacSha256);

        Assert.Equal(StatusCode.Unauthenticated, await AskAsync(tokens, tokens.Issue(Someone, "operator", "shop", by: forger)));
    }

    [Theory]
    [InlineData(29, StatusCode.OK)]
    [InlineData(31, StatusCode.Unauthenticated)]
    public async Task A_token_counts_up_to_30_seconds_past_its_expiry(int secondsAfter, StatusCode expected)
    {
        var (tokens, clock) = (new TestTokens(), new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        await using var service = await RunningService.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), tokens: tokens);
        var token = tokens.Issue(Someone, "member", "shop", expiresIn: TimeSpan.FromMinutes(15), now: clock.GetUtcNow());

        clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(secondsAfter));

        Assert.Equal(expected, await AskAsync(service, token));
    }

    [Theory]
    [InlineData(29, StatusCode.OK)]
    [InlineData(31, StatusCode.Unauthenticated)]
    public async Task A_token_of_a_clock_that_is_ahead_counts_up_to_30_seconds_early(int secondsAhead, StatusCode expected)
    {
        var (tokens, clock) = (new TestTokens(), new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        await using var service = await RunningService.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), tokens: tokens);

        Assert.Equal(expected, await AskAsync(service, tokens.Issue(Someone, "member", "shop", now: clock.GetUtcNow().AddSeconds(secondsAhead))));
    }

    [Fact]
    public async Task A_token_that_was_checked_before_still_ends_with_its_expiry()
    {
        var (tokens, clock) = (new TestTokens(), new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        await using var service = await RunningService.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), tokens: tokens);
        var token = tokens.Issue(Someone, "member", "shop", now: clock.GetUtcNow());

        Assert.Equal(StatusCode.OK, await AskAsync(service, token));
        clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(31));
        Assert.Equal(StatusCode.Unauthenticated, await AskAsync(service, token));
    }

    [Fact]
    public async Task A_token_that_was_checked_before_ends_with_its_key()
    {
        var tokens = new TestTokens();
        await using var service = await RunningService.StartAsync(tokens: tokens);
        var token = tokens.Issue(Someone, "member", "shop");

        Assert.Equal(StatusCode.OK, await AskAsync(service, token));
        tokens.TakeBack(tokens.SigningKey.KeyId);
        Assert.Equal(StatusCode.Unauthenticated, await AskAsync(service, token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    public async Task What_is_no_token_does_not_count(string token) => Assert.Equal(StatusCode.Unauthenticated, await AskAsync(new TestTokens(), token));

    [Fact]
    public async Task Without_keys_a_token_is_neither_good_nor_bad()
    {
        var tokens = new TestTokens { IsAway = true };

        Assert.Equal(StatusCode.Unavailable, await AskAsync(tokens, tokens.Issue(Someone, "member", "shop")));
    }

    private static async Task<StatusCode> AskAsync(TestTokens tokens, string token)
    {
        await using var service = await RunningService.StartAsync(tokens: tokens);
        return await AskAsync(service, token);
    }

    private static async Task<StatusCode> AskAsync(RunningService service, string token)
    {
        try
        {
            await service.Client().ForMembersAsync(new(), Metadatas.Bearer(token), cancellationToken: TestContext.Current.CancellationToken);
            return StatusCode.OK;
        }
        catch (RpcException failure)
        {
            return failure.StatusCode;
        }
    }
}
