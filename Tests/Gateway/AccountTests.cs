using System.Net;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Members.V1;

namespace Shop.Gateway.Tests;

public sealed class AccountTests
{
    private readonly RunningGateway _gateway;

    public AccountTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    private Calls Members => _gateway.Services.Members.Calls;

    [Fact]
    public async Task Signing_up_answers_the_members_id()
    {
        var answer = await _gateway.PostAsync("/api/v1/members", """{ "email": "a@b.kr", "password": "0123456789", "name": "김하나", "language": "ko" }""");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        answer.IsJson("""{ "memberId": "0198c0de-0000-7000-8000-0000000000aa" }""");
        var asked = Members.Last<SignUpRequest>();
        Assert.Equal(("a@b.kr", "0123456789", "김하나", "ko"), (asked.Email, asked.Password, asked.Name, asked.Language));
        Assert.Equal("127.0.0.1", asked.ClientAddress);
    }

    [Fact]
    public async Task Signing_in_answers_tokens_that_nobody_keeps()
    {
        var answer = await _gateway.PostAsync("/api/v1/sessions", """{ "email": "a@b.kr", "password": "0123456789" }""");

        answer.IsJson("""{ "accessToken": "access", "refreshToken": "refresh", "expiresIn": 900 }""");
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("127.0.0.1", Members.Last<SignInRequest>().ClientAddress);
    }

    [Fact]
    public async Task Refreshing_answers_new_tokens()
    {
        var answer = await _gateway.PostAsync("/api/v1/sessions/refresh", """{ "refreshToken": "old" }""");

        answer.IsJson("""{ "accessToken": "access", "refreshToken": "refresh", "expiresIn": 900 }""");
        Assert.Equal("old", Members.Last<RefreshRequest>().RefreshToken);
    }

    [Theory]
    [InlineData("/api/v1/sessions", """{ "email": "a@b.kr", "password": "0123456789" }""")]
    [InlineData("/api/v1/members", """{ "email": "a@b.kr", "password": "0123456789", "name": "n", "language": "en" }""")]
    public async Task A_token_that_comes_along_does_not_hide_who_the_gateway_is(string path, string body)
    {
        await _gateway.PostAsync(path, body, _gateway.Tokens.Member());

        Assert.Equal("gateway", new JsonWebToken(Members.LastToken).Subject);
    }

    [Fact]
    public async Task My_profile_is_asked_for_with_my_token()
    {
        var token = _gateway.Tokens.Member();

        var answer = await _gateway.GetAsync("/api/v1/me", token);

        answer.IsJson("""{ "memberId": "0198c0de-0000-7000-8000-0000000000aa", "email": "a@b.kr", "name": "김하나", "language": "ko" }""");
        Assert.Equal(token, Members.LastToken);
    }

    [Fact]
    public async Task An_operator_has_a_profile_like_any_member()
    {
        var answer = await _gateway.GetAsync("/api/v1/me", _gateway.Tokens.Operator());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task A_taken_address_is_a_conflict()
    {
        Members.Fail(StatusCode.AlreadyExists, "This address has an account already.");

        var answer = await _gateway.PostAsync("/api/v1/members", """{ "email": "a@b.kr", "password": "0123456789", "name": "n", "language": "en" }""");

        answer.IsProblem(409);
    }

    [Fact]
    public async Task Too_many_guesses_say_when_to_come_again()
    {
        var status = new Google.Rpc.Status { Code = 8, Details = { Any.Pack(new RetryInfo { RetryDelay = new() { Seconds = 29, Nanos = 1_000_000 } }) } };
        Members.Fail(new RpcException(new(StatusCode.ResourceExhausted, "no"), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } }));

        var answer = await _gateway.PostAsync("/api/v1/sessions", """{ "email": "a@b.kr", "password": "0123456789" }""");

        answer.IsProblem(429);
        Assert.Equal(TimeSpan.FromSeconds(30), answer.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("{}", "email language name password")]
    [InlineData("""{ "email": null, "password": 1, "name": [], "language": {} }""", "email language name password")]
    [InlineData("""{ "email": "a@b.kr", "password": "\udc00", "name": "\ud83d", "language": "ko" }""", "name password")]
    public async Task Signing_up_wrongly_names_every_field(string body, string fields)
    {
        var answer = await _gateway.PostAsync("/api/v1/members", body);

        answer.IsProblem(400);
        Assert.Equal(fields.Split(' '), answer.ErrorFields);
        Assert.All(answer.Json["errors"]!.AsObject(), error => Assert.Single(error.Value!.AsArray()));
    }

    [Fact]
    public async Task A_wrong_password_may_be_short()
    {
        Members.Fail(StatusCode.Unauthenticated, "The address or the password is wrong.");

        var answer = await _gateway.PostAsync("/api/v1/sessions", """{ "email": "nobody", "password": "x" }""");

        answer.IsProblem(401);
    }
}
