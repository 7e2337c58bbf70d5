using System.Net;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.OrderHistory.V1;

namespace Shop.Gateway.Tests;

public sealed class OrderHistoryRebuildTests
{
    private const string Path = "/api/v1/ops/order-history/rebuild";
    private readonly RunningGateway _gateway;
    private readonly string _operator;

    public OrderHistoryRebuildTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _operator = gateway.Tokens.Operator();
    }

    private Calls Calls => _gateway.Services.OrderHistory.Calls;

    [Fact]
    public async Task A_rebuild_is_started_and_followed()
    {
        var started = await _gateway.PostAsync(Path, "", _operator);
        var state = await _gateway.GetAsync(Path, _operator);

        Assert.Equal((HttpStatusCode.Accepted, Path), (started.Status, started.Headers.Location?.ToString()));
        started.IsJson($$"""{ "rebuildId": "{{FakeOrderHistory.RebuildId}}" }""");
        state.IsJson("""{ "state": "running", "eventsRead": 10, "eventsTotal": 20, "startedAt": "2026-03-01T09:00:00Z", "swappedAt": null, "error": null, "ordersBefore": null, "ordersAfter": null }""");
    }

    [Fact]
    public async Task A_rebuild_that_was_swapped_in_has_its_orders_before_and_after()
    {
        Calls.Answer<GetRebuildRequest>(_ => new GetRebuildResponse { State = "swapped", OrdersBefore = 0, OrdersAfter = 12 });

        var state = (await _gateway.GetAsync(Path, _operator)).Json;

        Assert.Equal((0, 12), (state["ordersBefore"]!.GetValue<long>(), state["ordersAfter"]!.GetValue<long>()));
    }

    [Fact]
    public async Task A_rebuild_is_cancelled()
    {
        var answer = await _gateway.SendAsync(HttpMethod.Delete, Path, content: null, _operator);

        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Text));
        Assert.NotNull(Calls.Last<CancelRebuildRequest>());
        Assert.Equal(_operator, Calls.LastToken);
    }

    [Fact]
    public async Task Where_no_rebuild_runs_there_is_nothing_to_cancel()
    {
        var status = new Google.Rpc.Status { Code = 6, Details = { Any.Pack(new ErrorInfo { Reason = "rebuild_not_running", Domain = "shop" }) } };
        Calls.Fail(new RpcException(new(StatusCode.AlreadyExists, "no"), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } }));

        var answer = await _gateway.SendAsync(HttpMethod.Delete, Path, content: null, _operator);

        answer.IsProblem(409);
        Assert.Equal("rebuild_not_running", answer.Reason);
    }

    [Fact]
    public async Task A_rebuild_that_has_failed_has_its_error()
    {
        Calls.Answer<GetRebuildRequest>(_ => new GetRebuildResponse { State = "failed", EventsRead = 10, EventsTotal = 20, Error = "The broker is unavailable." });

        var state = (await _gateway.GetAsync(Path, _operator)).Json;

        Assert.Equal(("failed", "The broker is unavailable."), (state["state"]!.GetValue<string>(), state["error"]!.GetValue<string>()));
    }
}
