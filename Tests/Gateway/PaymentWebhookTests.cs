using System.Net;
using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Gateway.Tests.Running;
using Shop.Payments.V1;

namespace Shop.Gateway.Tests;

public sealed class PaymentWebhookTests
{
    private readonly RunningGateway _gateway;

    public PaymentWebhookTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    [Fact]
    public async Task An_event_is_passed_on_byte_by_byte()
    {
        byte[] body = [0x7b, 0x20, 0xff, 0x00, 0x7d, 0x0a];

        var answer = await SendAsync(body, "t=1,v1=abc");

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        var asked = _gateway.Services.Payments.Calls.Last<ReceiveWebhookRequest>();
        Assert.Equal(body, asked.Body.ToByteArray());
        Assert.Equal("t=1,v1=abc", asked.Signature);
        Assert.Equal("gateway", new JsonWebToken(_gateway.Services.Payments.Calls.LastToken).Subject);
    }

    [Fact]
    public async Task A_bad_signature_is_a_401()
    {
        _gateway.Services.Payments.Calls.Fail(StatusCode.Unauthenticated, "The signature is wrong.");

        (await SendAsync([1], "t=1,v1=abc")).IsProblem(401);
    }

    [Fact]
    public async Task No_signature_is_a_401()
    {
        (await SendAsync([1], null)).IsProblem(401);
        (await SendAsync([1], new string('a', 1001))).IsProblem(401);
        Assert.Equal(0, _gateway.Services.Payments.Calls.Count<ReceiveWebhookRequest>());
    }

    [Fact]
    public async Task More_than_64_kilobytes_are_too_many()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(new byte[65_536], "t=1,v1=abc")).Status);
        (await SendAsync(new byte[65_537], "t=1,v1=abc")).IsProblem(413);
    }

    private Task<Answer> SendAsync(byte[] body, string? signature) =>
        _gateway.SendAsync(HttpMethod.Post, "/webhooks/payments", new ByteArrayContent(body), null, signature is null ? [] : [("Signature", signature)]);
}
