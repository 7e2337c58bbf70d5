using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Members.V1;

namespace Shop.Gateway.Tests;

/// <summary>Whose address sign-ins and sign-ups are counted by.</summary>
public sealed class ClientAddressTests
{
    private const string SignIn = """{ "email": "a@b.kr", "password": "0123456789" }""";
    private const string SignUp = """{ "email": "a@b.kr", "password": "0123456789", "name": "n", "language": "en" }""";

    private readonly RunningGateway _gateway;

    public ClientAddressTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    [Theory]
    [InlineData("storefront")]
    [InlineData("console")]
    public async Task A_web_program_says_whose_address_it_is(string program)
    {
        var token = _gateway.Tokens.Service(program, "gateway");
        await _gateway.PostAsync("/api/v1/sessions", SignIn, token, ("Shop-Client-Address", "203.0.113.7"));
        await _gateway.PostAsync("/api/v1/members", SignUp, token, ("Shop-Client-Address", "2001:db8::7"));

        Assert.Equal(("203.0.113.7", "2001:db8::7"), (_gateway.Services.Members.Calls.Last<SignInRequest>().ClientAddress, _gateway.Services.Members.Calls.Last<SignUpRequest>().ClientAddress));
    }

    public static TheoryData<string> OthersTokens() => ["none", "member", "another service", "for another service", "forged"];

    [Theory]
    [MemberData(nameof(OthersTokens))]
    public async Task Nobody_else_is_believed(string whose)
    {
        var token = whose switch
        {
            "member" => _gateway.Tokens.Member(),
            "another service" => _gateway.Tokens.Service("ordering", "gateway"),
            "for another service" => _gateway.Tokens.Service("console", "members"),
            "forged" => new TokenMaker().Service("storefront", "gateway"),
            _ => null,
        };
        await _gateway.PostAsync("/api/v1/sessions", SignIn, token, ("Shop-Client-Address", "203.0.113.7"));
        await _gateway.PostAsync("/api/v1/members", SignUp, token, ("Shop-Client-Address", "203.0.113.7"));

        Assert.Equal(("127.0.0.1", "127.0.0.1"), (_gateway.Services.Members.Calls.Last<SignInRequest>().ClientAddress, _gateway.Services.Members.Calls.Last<SignUpRequest>().ClientAddress));
    }

    [Fact]
    public async Task Without_a_stated_address_it_is_the_connections()
    {
        await _gateway.PostAsync("/api/v1/sessions", SignIn, _gateway.Tokens.Service("storefront", "gateway"));

        Assert.Equal("127.0.0.1", _gateway.Services.Members.Calls.Last<SignInRequest>().ClientAddress);
    }
}
