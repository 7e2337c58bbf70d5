using System.Net;
using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Shipping.V1;
using HistoryRequest = Shop.OrderHistory.V1.ListOrdersRequest;

namespace Shop.Gateway.Tests;

/// <summary>Orders from OrderHistory and Ordering: the newer state of each, and either of the two is enough.</summary>
public sealed class OrderHistoryPagesTests
{
    private const string Path = $"/api/v1/orders/{FakeOrdering.OrderId}";
    private readonly RunningGateway _gateway;
    private readonly string _member;

    public OrderHistoryPagesTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _member = gateway.Tokens.Member();
    }

    private FakeServices Services => _gateway.Services;

    [Fact]
    public async Task A_row_that_is_up_to_date_is_the_whole_page_and_nobody_else_is_asked()
    {
        Services.OrderHistory.Rows[FakeOrdering.OrderId] = FakeOrderHistory.Row(FakeOrdering.OrderId);

        var page = (await _gateway.GetAsync(Path, _member)).Json;
        var item = (await _gateway.GetAsync("/api/v1/orders", _member)).Json["items"]![0]!;

        Assert.Equal(page.ToJsonString(), item.ToJsonString());
        Assert.Equal((3, "dispatched"), (page["payment"]!["attempts"]!.GetValue<int>(), page["shipment"]!["status"]!.GetValue<string>()));
        Assert.Empty(page["unavailable"]!.AsArray());
        Assert.Equal((0, 0), (Services.Payments.Calls.Count<GetPaymentsRequest>(), Services.Shipping.Calls.Count<GetShipmentsRequest>()));
        Assert.Equal(_member, Services.OrderHistory.Calls.LastToken);
    }

    [Fact]
    public async Task What_ordering_has_already_is_shown_although_the_row_is_older()
    {
        var row = FakeOrderHistory.Row(FakeOrdering.OrderId);
        (row.Order.Status, row.Order.Version) = ("pending", 1);
        Services.OrderHistory.Rows[FakeOrdering.OrderId] = row;
        OrderingHas("cancelling", 3);

        foreach (var order in new[] { (await _gateway.GetAsync(Path, _member)).Json, (await _gateway.GetAsync("/api/v1/orders", _member)).Json["items"]![0]! })
        {
            Assert.Equal("cancelling", order["status"]!.GetValue<string>());
            // Its parts are Payments' and Shipping's own.
            Assert.Equal((1, "dispatched"), (order["payment"]!["attempts"]!.GetValue<int>(), order["shipment"]!["status"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task What_the_row_has_already_is_shown_although_ordering_answers_an_older_state()
    {
        var row = FakeOrderHistory.Row(FakeOrdering.OrderId);
        (row.Order.Status, row.Order.Version) = ("dispatched", 3);
        Services.OrderHistory.Rows[FakeOrdering.OrderId] = row;
        OrderingHas("confirmed", 2);

        Assert.Equal("dispatched", (await _gateway.GetAsync(Path, _member)).Json["status"]!.GetValue<string>());
    }

    /// <summary>A payment's events come on another topic than the order's.</summary>
    [Theory]
    [InlineData("confirmed", "authorised", true)]
    [InlineData("confirmed", null, true)]
    [InlineData("confirmed", "captured", false)]
    [InlineData("rejected", "declined", false)]
    [InlineData("rejected", "authorised", true)]
    [InlineData("cancelled", "refunded", false)]
    [InlineData("pending", "pending", true)]
    public async Task A_payment_that_the_status_does_not_follow_from_is_asked_for(string status, string? payment, bool isAsked)
    {
        var row = FakeOrderHistory.Row(FakeOrdering.OrderId);
        row.Order.Status = status;
        if (payment is null)
            row.Payment = null;
        else
            row.Payment.Status = payment;
        Services.OrderHistory.Rows[FakeOrdering.OrderId] = row;
        OrderingHas(status, 0);

        var page = (await _gateway.GetAsync(Path, _member)).Json;

        Assert.Equal(isAsked ? 1 : 0, Services.Payments.Calls.Count<GetPaymentsRequest>());
        Assert.Equal(isAsked ? "captured" : payment, page["payment"]!["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("confirmed", null, true)]
    [InlineData("confirmed", "created", false)]
    [InlineData("dispatched", "created", true)]
    [InlineData("delivered", "dispatched", true)]
    [InlineData("delivered", "delivered", false)]
    [InlineData("cancelled", "created", true)]
    [InlineData("cancelled", "called_off", false)]
    [InlineData("rejected", null, false)]
    public async Task A_shipment_that_the_status_does_not_follow_from_is_asked_for(string status, string? shipment, bool isAsked)
    {
        var row = FakeOrderHistory.Row(FakeOrdering.OrderId);
        row.Order.Status = status;
        if (shipment is null)
            row.Shipment = null;
        else
            row.Shipment.Status = shipment;
        Services.OrderHistory.Rows[FakeOrdering.OrderId] = row;
        OrderingHas(status, 0);

        await _gateway.GetAsync(Path, _member);

        Assert.Equal(isAsked ? 1 : 0, Services.Shipping.Calls.Count<GetShipmentsRequest>());
    }

    [Theory]
    [InlineData("pending", true)]
    [InlineData("confirmed", true)]
    [InlineData("delivered", true)]
    [InlineData("rejected", false)]
    [InlineData("cancelled", false)]
    public async Task Without_ordering_the_history_answers_and_what_may_be_older_than_the_last_answer_says_so(string status, bool mayBeOlder)
    {
        var row = FakeOrderHistory.Row(FakeOrdering.OrderId);
        row.Order.Status = status;
        Services.OrderHistory.Rows[FakeOrdering.OrderId] = row;
        Services.Ordering.Calls.Fail(StatusCode.Unavailable);

        var page = await _gateway.GetAsync(Path, _member);
        var list = await _gateway.GetAsync("/api/v1/orders", _member);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (page.Status, list.Status));
        Assert.Equal(FakeOrdering.OrderId, list.Json["items"]![0]!["orderId"]!.GetValue<string>());
        foreach (var order in new[] { page.Json, list.Json["items"]![0]! })
        {
            Assert.Equal(status, order["status"]!.GetValue<string>());
            Assert.Equal(mayBeOlder, order["unavailable"]!.AsArray().Any(part => part!.GetValue<string>() == "order"));
        }
    }

    [Fact]
    public async Task Without_the_history_ordering_answers_and_only_the_shipment_is_missing()
    {
        Services.OrderHistory.Calls.Fail(StatusCode.Unavailable);

        foreach (var order in new[] { (await _gateway.GetAsync(Path, _member)).Json, (await _gateway.GetAsync("/api/v1/orders", _member)).Json["items"]![0]! })
        {
            Assert.Equal(("confirmed", "captured", null), (order["status"]!.GetValue<string>(), order["payment"]!["status"]!.GetValue<string>(), order["shipment"]));
            Assert.Equal("""["shipment"]""", order["unavailable"]!.ToJsonString());
        }
        Assert.Equal(0, Services.Shipping.Calls.Count<GetShipmentsRequest>());
    }

    [Fact]
    public async Task A_history_that_does_not_answer_is_waited_for_a_second_only()
    {
        Services.OrderHistory.Calls.Hang();

        var page = await _gateway.GetAsync(Path, _member).WaitAsync(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);

        Assert.Equal("""["shipment"]""", page.Json["unavailable"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_both_there_is_no_answer_and_what_only_ordering_could_know_is_not_called_unknown()
    {
        Services.Ordering.Calls.Fail(StatusCode.Unavailable);
        (await _gateway.GetAsync(Path, _member)).IsProblem(503);

        Services.OrderHistory.Calls.Fail(StatusCode.Unavailable);
        (await _gateway.GetAsync(Path, _member)).IsProblem(503);
        (await _gateway.GetAsync("/api/v1/orders", _member)).IsProblem(503);
    }

    /// <summary>Nobody else knows the orders of all members: there is no second source.</summary>
    [Theory]
    [InlineData(true, "urn:shop:problem:unavailable")]
    [InlineData(false, "urn:shop:problem:timed_out")]
    public async Task Without_the_history_operators_are_told_when_to_ask_again(bool isAway, string type)
    {
        if (isAway)
            Services.OrderHistory.Calls.Fail(StatusCode.Unavailable);
        else
            Services.OrderHistory.Calls.Hang();

        var answer = await _gateway.GetAsync("/api/v1/ops/orders", _gateway.Tokens.Operator()).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        answer.IsProblem(503);
        Assert.Equal(type, answer.Json["type"]!.GetValue<string>());
        Assert.StartsWith("A part of the shop ", answer.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.InRange(answer.Headers.RetryAfter?.Delta ?? default, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_list_is_the_union_of_both_and_its_pages_go_through_both()
    {
        string[] ids = [.. Enumerable.Range(1, 5).Select(i => $"0198c0de-0000-7000-8000-0000000000b{i}")];
        // The newest is not in the history yet, the oldest not in Ordering's answer.
        foreach (var id in ids[..4])
            Services.OrderHistory.Rows[id] = FakeOrderHistory.Row(id);
        Services.Ordering.Calls.Answer<ListOrdersRequest>(asked =>
        {
            var orders = ids[1..].Where(id => asked.AfterId.Length == 0 || string.CompareOrdinal(id, asked.AfterId) < 0).OrderDescending(StringComparer.Ordinal).ToList();
            return new ListOrdersResponse { Orders = { orders.Take(asked.PageSize).Select(FakeOrdering.Order) }, NextPageToken = orders.Count > asked.PageSize ? "more" : "" };
        });

        var seen = new List<string>();
        var path = "/api/v1/orders?pageSize=2";
        for (var next = ""; next is not null;)
        {
            var page = (await _gateway.GetAsync(next.Length == 0 ? path : $"{path}&pageToken={next}", _member)).Json;
            seen.AddRange(page["items"]!.AsArray().Select(item => item!["orderId"]!.GetValue<string>()));
            next = page["nextPageToken"]?.GetValue<string>();
        }

        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), seen);
        Assert.Equal(ids[1], Services.OrderHistory.Calls.Last<HistoryRequest>().AfterId);
    }

    [Fact]
    public async Task A_page_token_is_for_the_member_who_got_it()
    {
        string[] ids = [.. Enumerable.Range(1, 3).Select(i => $"0198c0de-0000-7000-8000-0000000000b{i}")];
        foreach (var id in ids)
            Services.OrderHistory.Rows[id] = FakeOrderHistory.Row(id);
        var token = (await _gateway.GetAsync("/api/v1/orders?pageSize=2", _member)).Json["nextPageToken"]!.GetValue<string>();

        (await _gateway.GetAsync($"/api/v1/orders?pageToken={token}", _gateway.Tokens.Operator())).IsProblem(400);
        Assert.Equal(HttpStatusCode.OK, (await _gateway.GetAsync($"/api/v1/orders?pageToken={token}", _member)).Status);
    }

    private void OrderingHas(string status, int version) => Services.Ordering.Calls.Answer<object>(asked =>
    {
        var order = FakeOrdering.Order(FakeOrdering.OrderId);
        (order.Status, order.Version) = (status, version);
        return asked is GetOrderRequest ? new GetOrderResponse { Order = order } : new ListOrdersResponse { Orders = { order } };
    });
}
