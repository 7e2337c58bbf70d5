using System.Text;
using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Members.Tests.Running;
using Shop.Members.V1;

namespace Shop.Members.Tests;

public sealed class RefreshTests(RunningMembers members) : IClassFixture<RunningMembers>
{
    [Fact]
    public async Task A_refresh_token_gives_new_tokens_once()
    {
        var person = await members.SignUpAsync();
        var old = await members.SignInAsync(person);

        var next = await RefreshAsync(old.RefreshToken);

        Assert.Equal(person.Id, new JsonWebToken(next.Tokens.AccessToken).Subject);
        Assert.NotEqual(old.RefreshToken, next.Tokens.RefreshToken);
        Assert.Equal(900, next.Tokens.ExpiresIn);
        await RefreshAsync(next.Tokens.RefreshToken);
    }

    [Fact]
    public async Task A_reused_token_ends_the_whole_family()
    {
        var first = await members.SignInAsync(await members.SignUpAsync());
        var second = (await RefreshAsync(first.RefreshToken)).Tokens;
        var third = (await RefreshAsync(second.RefreshToken)).Tokens;

        await RefreshAsync(first.RefreshToken).RefusedAsync(StatusCode.Unauthenticated);

        await RefreshAsync(third.RefreshToken).RefusedAsync(StatusCode.Unauthenticated);
    }

    /// <summary>The session's id is no secret, as logs contain it. It must not be enough to end the session.</summary>
    [Fact]
    public async Task A_token_that_was_never_issued_ends_no_session()
    {
        var current = await members.SignInAsync(await members.SignUpAsync());
        var used = System.Buffers.Text.Base64Url.DecodeFromChars(current.RefreshToken);
        var next = (await RefreshAsync(current.RefreshToken)).Tokens;

        foreach (var place in Enumerable.Range(16, used.Length - 16))
        {
            var forged = (byte[])used.Clone();
            forged[place] ^= 1;
            await RefreshAsync(System.Buffers.Text.Base64Url.EncodeToString(forged)).RefusedAsync(StatusCode.Unauthenticated);
        }

        // The token of another session, with this session's id.
        var other = System.Buffers.Text.Base64Url.DecodeFromChars((await members.SignInAsync(await members.SignUpAsync())).RefreshToken);
        await RefreshAsync(System.Buffers.Text.Base64Url.EncodeToString([.. used[..16], .. other[16..]])).RefusedAsync(StatusCode.Unauthenticated);

        Assert.Equal(StatusCode.OK, await RefreshAsync(next.RefreshToken).StatusAsync());
    }

    [Fact]
    public async Task Other_sessions_of_the_member_go_on()
    {
        var person = await members.SignUpAsync();
        var (phone, laptop) = (await members.SignInAsync(person), await members.SignInAsync(person));
        await RefreshAsync(phone.RefreshToken);
        await RefreshAsync(phone.RefreshToken).RefusedAsync(StatusCode.Unauthenticated);

        Assert.Equal(StatusCode.OK, await RefreshAsync(laptop.RefreshToken).StatusAsync());
    }

    [Fact]
    public async Task Of_concurrent_refreshes_one_succeeds_and_the_others_end_the_family()
    {
        var tokens = await members.SignInAsync(await members.SignUpAsync());
        var second = await members.Second.AsServiceAsync("gateway");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => TryAsync(i % 2 == 0 ? members.Gateway : second, tokens.RefreshToken)));

        var won = Assert.Single(answers, answer => answer is not null);
        await RefreshAsync(won!.RefreshToken).RefusedAsync(StatusCode.Unauthenticated);

        static async Task<V1.Tokens?> TryAsync(V1.MembersService.MembersServiceClient replica, string token)
        {
            try
            {
                return (await replica.RefreshAsync(new() { RefreshToken = token })).Tokens;
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.Unauthenticated)
            {
                return null;
            }
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AZrG5WcqcA2s6nqJY0jY4gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글한글")]
    public async Task A_malformed_token_is_refused(string token) =>
        await RefreshAsync(token).RefusedAsync(StatusCode.Unauthenticated);

    [Fact]
    public async Task A_missing_one_is_a_missing_field() =>
        Assert.Equal(["refreshToken"], (await RefreshAsync("").RefusedAsync(StatusCode.InvalidArgument)).Fields());

    [Fact]
    public async Task A_token_is_stored_as_its_hash_only()
    {
        var tokens = await members.SignInAsync(await members.SignUpAsync());
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(tokens.RefreshToken);

        var stored = await members.QueryAsync<byte[]>("select token_hash from sessions");

        Assert.DoesNotContain(stored, hash => hash.AsSpan().IndexOf(bytes.AsSpan(16)) >= 0 || hash.AsSpan().IndexOf(Encoding.ASCII.GetBytes(tokens.RefreshToken)) >= 0);
        Assert.Contains(stored, hash => hash.AsSpan().SequenceEqual(System.Security.Cryptography.SHA256.HashData(bytes)));
    }

    [Fact]
    public async Task A_token_is_valid_for_14_days_from_its_issue_and_then_purged()
    {
        var first = await members.SignInAsync(await members.SignUpAsync());
        members.Clock.Advance(TimeSpan.FromDays(13));
        var second = (await RefreshAsync(first.RefreshToken)).Tokens;
        members.Clock.Advance(TimeSpan.FromDays(13));
        var third = (await RefreshAsync(second.RefreshToken)).Tokens;
        members.Clock.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1));

        await RefreshAsync(third.RefreshToken).RefusedAsync(StatusCode.Unauthenticated);

        // The purge uses the database's clock.
        await members.QueryAsync<int>("update sessions set expires_at = expires_at - interval '41 days'; select 1");
        await members.First.PurgeAsync();
        Assert.Equal([0], await members.QueryAsync<int>("select count(*)::int from sessions"));
    }

    private AsyncUnaryCall<RefreshResponse> RefreshAsync(string token) => members.Gateway.RefreshAsync(new() { RefreshToken = token });
}
