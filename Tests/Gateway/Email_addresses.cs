using System.Net;
using System.Text.Json.Nodes;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed class Email_addresses
{
    private readonly RunningGateway _gateway;

    public Email_addresses(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    [Theory]
    [InlineData("a..b@c.kr")]
    [InlineData(".a@c.kr")]
    [InlineData("a.@c.kr")]
    [InlineData("<a@c.kr>")]
    [InlineData("Hana <a@c.kr>")]
    [InlineData("a@c.kr,b@c.kr")]
    [InlineData("a,b@c.kr")]
    [InlineData("a;b@c.kr")]
    [InlineData("a:b@c.kr")]
    [InlineData("a(b)@c.kr")]
    [InlineData("\"a b\"@c.kr")]
    [InlineData("a\\b@c.kr")]
    [InlineData("a@c.kr.")]
    [InlineData("a@.c.kr")]
    [InlineData("a@c..kr")]
    [InlineData("a@-c.kr")]
    [InlineData("a@c-.kr")]
    [InlineData("a@c_d.kr")]
    [InlineData("a@c!.kr")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@127.0.0.1")]
    [InlineData("a@c。kr")]
    [InlineData("a@b@c.kr")]
    [InlineData("a\u200Bb@c.kr")]
    [InlineData("a\u00ADb@c.kr")]
    [InlineData("\uFEFFa@c.kr")]
    [InlineData("a\u202Eb@c.kr")]
    [InlineData("a\u3164@c.kr")]
    [InlineData("a\uFE0F@c.kr")]
    [InlineData("a@c\u200D.kr")]
    [InlineData(" a@c.kr")]
    [InlineData("a@c.kr\u00A0")]
    public async Task What_no_mail_can_be_sent_to_is_no_address(string address)
    {
        var answer = await SignUpAsync(address);

        answer.IsProblem(400);
        Assert.Equal(["email"], answer.ErrorFields);
    }

    [Fact]
    public async Task No_part_of_a_domain_is_longer_than_63_characters()
    {
        Assert.Equal(HttpStatusCode.Created, (await SignUpAsync($"a@{new string('c', 63)}.kr")).Status);
        (await SignUpAsync($"a@{new string('c', 64)}.kr")).IsProblem(400);
    }

    [Theory]
    [InlineData("a@c.kr")]
    [InlineData("a.b+tag@c.d.example")]
    [InlineData("o'brien@xn--3e0b707e.example")]
    [InlineData("!#$%&'*/=?^_`{|}~-@c.kr")]
    [InlineData("한나@쇼핑.한국")]
    [InlineData("é@c.kr")]
    [InlineData("A@C.KR")]
    [InlineData("operator@localhost")]
    [InlineData("a@c-d.kr")]
    [InlineData("a@1c.kr")]
    public async Task What_mail_can_be_sent_to_is_one(string address) => Assert.Equal(HttpStatusCode.Created, (await SignUpAsync(address)).Status);

    private Task<Answer> SignUpAsync(string address) => _gateway.PostAsync("/api/v1/members",
        $$"""{ "email": {{JsonValue.Create(address).ToJsonString()}}, "password": "0123456789", "name": "n", "language": "ko" }""");
}
