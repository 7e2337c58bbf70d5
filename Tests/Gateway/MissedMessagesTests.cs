using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Messaging.V1;

namespace Shop.Gateway.Tests;

public sealed class MissedMessagesTests : IDisposable
{
    private const string Path = "/api/v1/ops/missed-messages";
    private readonly RunningGateway _gateway;
    private readonly string _operator;

    public MissedMessagesTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _operator = gateway.Tokens.Operator();
    }

    private FakeOperations Operations => _gateway.Services.Operations;

    public void Dispose()
    {
        Operations.Comparisons = [];
        Operations.Away.Clear();
        Operations.NotCompared.Clear();
    }

    [Fact]
    public async Task The_comparisons_of_a_day_are_one_list_and_what_differs_comes_first()
    {
        Operations.Comparisons = new() { ["catalog"] = [Events("follow-stock", 0)], ["reviews"] = [Events("follow-members", 0), Events("follow-deliveries", 2)] };
        Operations.Away.Add("payments");
        Operations.NotCompared.UnionWith(["coupons", "payments"]);

        var answer = await _gateway.GetAsync($"{Path}?day=2026-11-20", _operator);

        Assert.Equal(("2026-11-20", """["payments"]"""), (answer.Json["day"]!.GetValue<string>(), answer.Json["unavailable"]!.ToJsonString()));
        Assert.Equal("""["coupons"]""", answer.Json["notCompared"]!.ToJsonString());
        Assert.Equal(["follow-deliveries", "follow-stock", "follow-members"], answer.Json["items"]!.AsArray().Select(item => item!["consumer"]!.GetValue<string>()));
        Assert.Equal(
            """{"service":"reviews","consumer":"follow-deliveries","topic":"shop.orders.v1","type":"OrderDelivered","published":10,"unpublished":0,"missing":2,"requested":2,"comparedAt":"1970-01-01T00:00:01Z","requestedAt":"1970-01-01T00:00:02Z"}""",
            answer.Json["items"]![0]!.ToJsonString());
        Assert.Null(answer.Json["items"]![1]!["requestedAt"]);
        Assert.Equal(("2026-11-20", _operator), (Operations.Calls.Last<ListComparisonsRequest>().Day, Operations.Calls.LastToken));
    }

    [Fact]
    public async Task Without_a_day_it_is_the_last_one_that_was_due()
    {
        var before = TimeProvider.System.GetUtcNow();
        var answer = await _gateway.GetAsync(Path, _operator);

        Assert.Contains(answer.Json["day"]!.GetValue<string>(), new[] { before, TimeProvider.System.GetUtcNow() }.Select(now => now.AddHours(-25).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.Empty(answer.Json["items"]!.AsArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-02-30")]
    [InlineData("1999-12-31")]
    [InlineData("9999-12-31")]
    public async Task A_day_that_is_none_is_named(string day)
    {
        var answer = await _gateway.GetAsync($"{Path}?day={day}", _operator);

        answer.IsProblem(400);
        Assert.Equal(["day"], answer.ErrorFields);
    }

    [Fact]
    public async Task Without_any_service_there_is_no_answer()
    {
        Operations.Away.UnionWith(FakeServices.Names);

        (await _gateway.GetAsync(Path, _operator)).IsProblem(503);
    }

    private static ComparedEvents Events(string consumer, long missing) => new()
    {
        Consumer = consumer, Kind = new() { Topic = "shop.orders.v1", Type = "OrderDelivered" }, Published = 10, Missing = missing, Requested = missing,
        ComparedAt = new Timestamp { Seconds = 1 }, RequestedAt = missing > 0 ? new Timestamp { Seconds = 2 } : null,
    };
}
