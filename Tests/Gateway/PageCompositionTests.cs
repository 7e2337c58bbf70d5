using System.Diagnostics;
using System.Text.Json.Nodes;
using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

/// <summary>Product and order pages are composed of several services. Each is stopped in turn.</summary>
public sealed class PageCompositionTests
{
    private const string Product = "/api/v1/products/0198c0de-0000-7000-8000-000000000001";
    private const string Order = $"/api/v1/orders/{FakeOrdering.OrderId}";

    /// <summary>Of every part.</summary>
    private static readonly TimeSpan PartDeadline = TimeSpan.FromSeconds(1);

    /// <summary>For a busy machine.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1.5);

    private readonly RunningGateway _gateway;
    private readonly string _member;

    public PageCompositionTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _member = gateway.Tokens.Member();
    }

    private FakeServices Services => _gateway.Services;

    /// <summary>Asked one after the other, none would answer: the first waits for the call of the last.</summary>
    [Fact]
    public async Task The_parts_of_a_product_page_are_requested_at_the_same_time()
    {
        Calls.Together(Services.Catalog.Calls, Services.Inventory.Calls, Services.Reviews.Calls);

        var page = (await _gateway.GetAsync(Product)).Json;

        Assert.Equal(37, page["stock"]!["available"]!.GetValue<long>());   // Inventory's, not Catalog's copy
    }

    [Fact]
    public async Task An_order_is_requested_from_both_of_its_sources_at_the_same_time()
    {
        Calls.Together(Services.Ordering.Calls, Services.OrderHistory.Calls);

        IsComplete((await _gateway.GetAsync(Order, _member)).Json);
    }

    /// <summary>Of an order whose row OrderHistory does not have yet.</summary>
    [Fact]
    public async Task The_parts_of_an_order_page_are_requested_at_the_same_time()
    {
        Calls.Together(Services.Payments.Calls, Services.Shipping.Calls);

        IsComplete((await _gateway.GetAsync(Order, _member)).Json);
    }

    [Fact]
    public async Task The_parts_of_an_order_list_are_requested_at_the_same_time()
    {
        Calls.Together(Services.Payments.Calls, Services.Shipping.Calls);

        IsComplete((await _gateway.GetAsync("/api/v1/orders", _member)).Json["items"]![0]!);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.PermissionDenied)]
    public async Task A_part_that_fails_is_null_and_named_and_the_others_are_there(StatusCode status)
    {
        foreach (var (part, service) in PartsOfAnOrder)
        {
            Services.Reset();
            service.Fail(status);

            LacksOnly(part, (await _gateway.GetAsync(Order, _member)).Json);
        }
    }

    [Fact]
    public async Task A_part_that_hangs_is_null_and_named_and_the_page_waits_for_it_no_longer_than_its_deadline()
    {
        foreach (var (part, service) in PartsOfAnOrder)
        {
            Services.Reset();
            service.Hang();

            LacksOnly(part, await InTimeAsync(Order));
        }
    }

    [Fact]
    public async Task All_parts_that_hang_together_cost_one_deadline()
    {
        Services.Payments.Calls.Hang();
        Services.Shipping.Calls.Hang();

        foreach (var path in new[] { Order, "/api/v1/orders" })
        {
            var page = await InTimeAsync(path);
            Assert.Equal("""["payment","shipment"]""", (page["items"]?[0] ?? page)["unavailable"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task An_inventory_that_hangs_or_fails_costs_one_deadline_and_leaves_catalogs_copy()
    {
        Services.Inventory.Calls.Hang();
        Assert.Equal(40, (await InTimeAsync(Product))["stock"]!["available"]!.GetValue<long>());

        Services.Inventory.Calls.Fail(StatusCode.Internal);
        Assert.Equal(40, (await InTimeAsync(Product))["stock"]!["available"]!.GetValue<long>());
    }

    /// <summary>Only what the page is about can fail it, and then no part is waited for.</summary>
    [Fact]
    public async Task Without_its_main_part_a_page_fails_at_once_whatever_the_others_do()
    {
        Services.Catalog.Calls.Fail(StatusCode.NotFound);
        Services.Ordering.Calls.Fail(StatusCode.NotFound);
        Services.Inventory.Calls.Hang();
        Services.Payments.Calls.Hang();
        Services.Shipping.Calls.Hang();

        foreach (var path in new[] { Product, Order })
        {
            // The fastest of a few: the machine may be busy.
            var fastest = TimeSpan.MaxValue;
            for (var i = 0; i < 5 && fastest >= PartDeadline; i++)
            {
                var time = Stopwatch.StartNew();
                (await _gateway.GetAsync(path, _member)).IsProblem(404);
                fastest = time.Elapsed;
            }
            Assert.InRange(fastest, TimeSpan.Zero, PartDeadline);
        }
    }

    private (string Part, Calls Service)[] PartsOfAnOrder => [("payment", Services.Payments.Calls), ("shipment", Services.Shipping.Calls)];

    private async Task<JsonNode> InTimeAsync(string path)
    {
        var time = Stopwatch.StartNew();
        var page = (await _gateway.GetAsync(path, _member)).Json;
        Assert.InRange(time.Elapsed, TimeSpan.Zero, PartDeadline + Tolerance);
        return page;
    }

    private static void IsComplete(JsonNode order)
    {
        Assert.Equal("captured", order["payment"]!["status"]!.GetValue<string>());
        Assert.Equal("dispatched", order["shipment"]!["status"]!.GetValue<string>());
        Assert.Empty(order["unavailable"]!.AsArray());
    }

    private static void LacksOnly(string part, JsonNode order)
    {
        Assert.Equal($"[\"{part}\"]", order["unavailable"]!.ToJsonString());
        Assert.Equal([part], new[] { "payment", "shipment" }.Where(name => order[name] is null));
    }
}
