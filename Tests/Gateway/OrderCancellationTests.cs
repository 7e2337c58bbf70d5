using System.Net;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.OrderHistory.V1;
using Shop.Ordering.V1;

namespace Shop.Gateway.Tests;

public sealed class OrderCancellationTests
{
    private const string Cancel = $"/api/v1/orders/{FakeOrdering.OrderId}/cancel";
    private const string Refund = $"/api/v1/ops/orders/{FakeOrdering.OrderId}/refund";
    private static readonly (string, string) Key = ("Idempotency-Key", "key-1");
    private readonly RunningGateway _gateway;

    public OrderCancellationTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    private Calls Calls => _gateway.Services.Ordering.Calls;

    [Theory]
    [InlineData("""{ "reason": "too late" }""", "too late")]
    [InlineData("{}", "")]
    [InlineData("""{ "reason": null }""", "")]
    [InlineData(null, "")]
    public async Task A_member_cancels_with_or_without_a_reason(string? body, string reason)
    {
        var token = _gateway.Tokens.Member();
        var answer = body is null
            ? await _gateway.SendAsync(HttpMethod.Post, Cancel, content: null, token, Key)
            : await _gateway.PostAsync(Cancel, body, token, Key);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        answer.IsJson($$"""{ "orderId": "{{FakeOrdering.OrderId}}", "status": "cancelling" }""");
        Assert.Equal($"/api/v1/orders/{FakeOrdering.OrderId}", answer.Headers.Location?.ToString());
        var asked = Calls.Last<CancelOrderRequest>();
        Assert.Equal((FakeOrdering.OrderId, "key-1", reason, token), (asked.OrderId, asked.IdempotencyKey, asked.Reason, Calls.LastToken));
    }

    [Fact]
    public async Task An_operator_refunds_with_a_reason()
    {
        var answer = await _gateway.PostAsync(Refund, """{ "reason": "broken" }""", _gateway.Tokens.Operator(), Key);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        answer.IsJson($$"""{ "orderId": "{{FakeOrdering.OrderId}}", "status": "cancelling" }""");
        var asked = Calls.Last<RefundOrderRequest>();
        Assert.Equal((FakeOrdering.OrderId, "key-1", "broken"), (asked.OrderId, asked.IdempotencyKey, asked.Reason));
        Assert.Equal(["reason"], (await _gateway.PostAsync(Refund, "{}", _gateway.Tokens.Operator(), Key)).ErrorFields);
    }

    [Fact]
    public async Task A_bad_key_is_named_as_the_header()
    {
        var violations = new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "idempotencyKey", Description = "bad" } } };
        Calls.Fail(Rich(StatusCode.InvalidArgument, violations));

        Assert.Equal(["Idempotency-Key"], (await _gateway.PostAsync(Cancel, "{}", _gateway.Tokens.Member())).ErrorFields);
        Assert.Equal(["Idempotency-Key"], (await _gateway.PostAsync(Refund, """{ "reason": "broken" }""", _gateway.Tokens.Operator())).ErrorFields);
    }

    [Theory]
    [InlineData("already_dispatched")]
    [InlineData("already_ended")]
    public async Task What_cannot_be_cancelled_any_more_is_a_conflict(string reason)
    {
        Calls.Fail(Rich(StatusCode.AlreadyExists, new ErrorInfo { Reason = reason, Domain = "shop" }));

        var answer = await _gateway.PostAsync(Cancel, "{}", _gateway.Tokens.Member(), Key);

        answer.IsProblem(409);
        Assert.Equal(reason, answer.Reason);
    }

    [Fact]
    public async Task Operators_list_the_orders_of_all_members()
    {
        var answer = await _gateway.GetAsync("/api/v1/ops/orders?status=delivered&memberId=0198c0de-0000-7000-8000-0000000000aa&pageSize=3&pageToken=abc", _gateway.Tokens.Operator());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var order = answer.Json["items"]![0]!;
        Assert.Equal(
            (FakeOrdering.OrderId, "confirmed", "0198c0de-0000-7000-8000-0000000000aa", "recalled", "next"),
            (order["orderId"]!.GetValue<string>(), order["status"]!.GetValue<string>(), order["memberId"]!.GetValue<string>(), order["cancelNote"]!.GetValue<string>(),
             answer.Json["nextPageToken"]!.GetValue<string>()));
        var asked = _gateway.Services.OrderHistory.Calls.Last<FindOrdersRequest>();
        Assert.Equal(("delivered", "0198c0de-0000-7000-8000-0000000000aa", 3, "abc"), (asked.Status, asked.MemberId, asked.PageSize, asked.PageToken));
    }

    [Fact]
    public async Task An_operator_gets_one_order_by_its_id_alone()
    {
        var answer = await _gateway.GetAsync($"/api/v1/ops/orders/{FakeOrdering.OrderId}", _gateway.Tokens.Operator());
        var listed = await _gateway.GetAsync("/api/v1/ops/orders", _gateway.Tokens.Operator());

        Assert.Equal((HttpStatusCode.OK, FakeOrdering.OrderId), (answer.Status, _gateway.Services.OrderHistory.Calls.Last<FindOrderRequest>().OrderId));
        Assert.Equal(listed.Json["items"]![0]!.ToJsonString(), answer.Json.ToJsonString());
    }

    [Fact]
    public async Task An_order_that_does_not_exist_is_not_found_by_operators_either()
    {
        (await _gateway.GetAsync("/api/v1/ops/orders/none", _gateway.Tokens.Operator())).IsProblem(404);
        Assert.Equal(0, _gateway.Services.OrderHistory.Calls.Count<FindOrderRequest>());

        _gateway.Services.OrderHistory.Calls.Fail(StatusCode.NotFound);
        (await _gateway.GetAsync($"/api/v1/ops/orders/{FakeOrdering.OrderId}", _gateway.Tokens.Operator())).IsProblem(404);
    }

    private static RpcException Rich(StatusCode status, IMessage detail)
    {
        var details = new Google.Rpc.Status { Code = (int)status, Message = "why", Details = { Any.Pack(detail) } };
        return new(new(status, "why"), new Metadata { { "grpc-status-details-bin", details.ToByteArray() } });
    }
}
