using Grpc.Core;
using Shop.Members.Tests.Running;
using Shop.Members.V1;

namespace Shop.Members.Tests;

public sealed class EmailAddressTests(RunningMembers members) : IClassFixture<RunningMembers>
{
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
        var refusal = await SignUpAsync(address).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(["email"], refusal.Fields());
    }

    [Fact]
    public async Task No_part_of_a_domain_is_longer_than_63_characters()
    {
        Assert.Equal(StatusCode.OK, await SignUpAsync($"a@{new string('c', 63)}.kr").StatusAsync());
        Assert.Equal(StatusCode.InvalidArgument, await SignUpAsync($"a@{new string('c', 64)}.kr").StatusAsync());
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
    public async Task What_mail_can_be_sent_to_is_one(string address) => Assert.Equal(StatusCode.OK, await SignUpAsync(address).StatusAsync());

    private AsyncUnaryCall<SignUpResponse> SignUpAsync(string address) =>
        members.Gateway.SignUpAsync(new() { Email = address, Password = "0123456789", Name = "n", Language = "ko", ClientAddress = members.SomeClient(), ValidateOnly = true });
}
