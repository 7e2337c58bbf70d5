using System.Net;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Shipping.V1;

namespace Shop.Gateway.Tests;

public sealed class ShipmentOperationTests
{
    private const string Path = $"/api/v1/ops/shipments/{FakeShipping.ShipmentId}";
    private readonly RunningGateway _gateway;
    private readonly string _token;

    public ShipmentOperationTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _token = gateway.Tokens.Operator();
    }

    private Calls Calls => _gateway.Services.Shipping.Calls;

    [Fact]
    public async Task Shipments_are_listed_by_state()
    {
        var answer = await _gateway.GetAsync("/api/v1/ops/shipments?state=dispatched&pageSize=3&pageToken=abc", _token);

        answer.IsJson($$"""
            { "items": [ { "id": "{{FakeShipping.ShipmentId}}", "orderId": "{{FakeOrdering.OrderId}}", "status": "dispatched", "trackingNumber": "4T2K9M0QXW7B5ZRC", "reason": null,
                           "createdAt": "2026-03-01T09:00:00Z", "dispatchedAt": "2026-03-01T09:00:00Z", "deliveredAt": null } ], "nextPageToken": "next" }
            """);
        var asked = Calls.Last<ListShipmentsRequest>();
        Assert.Equal(("dispatched", 3, "abc"), (asked.State, asked.PageSize, asked.PageToken));
        Assert.Equal(_token, Calls.LastToken);
    }

    [Fact]
    public async Task A_state_that_is_none_is_a_bad_field()
    {
        Calls.Refuse("state");

        Assert.Equal(["pageSize", "state"], (await _gateway.GetAsync("/api/v1/ops/shipments?state=lost&pageSize=x", _token)).ErrorFields);
        Assert.Equal("lost", Calls.Last<ListShipmentsRequest>().State);
    }

    [Fact]
    public async Task Each_move_is_answered_with_nothing_more_to_say()
    {
        foreach (var (move, body) in new[] { ("dispatch", ""), ("deliver", ""), ("fail", """{ "reason": "lost at sea" }""") })
            Assert.Equal(HttpStatusCode.NoContent, (await _gateway.PostAsync($"{Path}/{move}", body, _token)).Status);

        Assert.Equal(FakeShipping.ShipmentId, Calls.Last<DispatchRequest>().ShipmentId);
        Assert.Equal(FakeShipping.ShipmentId, Calls.Last<DeliverRequest>().ShipmentId);
        Assert.Equal((FakeShipping.ShipmentId, "lost at sea"), (Calls.Last<FailRequest>().ShipmentId, Calls.Last<FailRequest>().Reason));
    }

    [Fact]
    public async Task In_another_state_it_is_a_conflict()
    {
        var status = new Google.Rpc.Status { Code = 6, Details = { Any.Pack(new ErrorInfo { Reason = "shipment_in_other_state", Domain = "shop" }) } };
        Calls.Fail(new RpcException(new(StatusCode.AlreadyExists, "no"), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } }));

        foreach (var (move, body) in new[] { ("dispatch", ""), ("deliver", ""), ("fail", """{ "reason": "lost at sea" }""") })
        {
            var answer = await _gateway.PostAsync($"{Path}/{move}", body, _token);

            answer.IsProblem(409);
            Assert.Equal("shipment_in_other_state", answer.Reason);
        }
    }

    [Fact]
    public async Task An_unknown_shipment_and_what_is_no_id_are_not_found()
    {
        Calls.Fail(StatusCode.NotFound);

        (await _gateway.PostAsync($"{Path}/dispatch", "", _token)).IsProblem(404);
        (await _gateway.PostAsync("/api/v1/ops/shipments/none/deliver", "", _token)).IsProblem(404);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "reason": "" }""")]
    [InlineData("""{ "reason": "two\nlines" }""")]
    public async Task A_failure_has_a_reason(string body)
    {
        Calls.Refuse("reason");

        Assert.Equal(["reason"], (await _gateway.PostAsync($"{Path}/fail", body, _token)).ErrorFields);
    }
}
