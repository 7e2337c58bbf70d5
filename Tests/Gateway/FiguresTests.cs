using System.Net;
using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Messaging.V1;

namespace Shop.Gateway.Tests;

public sealed class FiguresTests
{
    private const string Path = "/api/v1/ops/figures";
    private readonly RunningGateway _gateway;
    private readonly string _operator;

    public FiguresTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _gateway.Services.Operations.Away.Clear();
        _operator = gateway.Tokens.Operator();
    }

    private FakeServices Services => _gateway.Services;

    [Fact]
    public async Task Figures_are_those_of_all_services()
    {
        var figures = (await _gateway.GetAsync(Path, _operator)).Json;

        Assert.Equal("""[{"minute":"2026-03-01T09:00:00Z","placed":1,"confirmed":1,"rejected":1,"cancelled":0,"revenue":{"amount":200,"currency":"KRW"}}]""", figures["perMinute"]!.ToJsonString());
        Assert.Equal("""{"placed":10,"confirmed":10,"rejected":1,"cancelled":0,"revenue":{"amount":2000,"currency":"KRW"}}""", figures["today"]!.ToJsonString());
        Assert.Equal("""{"out_of_stock":1}""", figures["rejectedBy"]!.ToJsonString());
        Assert.Equal("""{"p50":40.5,"p95":90,"p99":120}""", figures["placedToConfirmedMs"]!.ToJsonString());
        Assert.Equal(FakeServices.Names.Order(), figures["lag"]!["outbox"]!.AsObject().Select(service => service.Key).Order());
        Assert.Equal((3, 7), (figures["lag"]!["outbox"]!["ordering"]!.GetValue<int>(), figures["lag"]!["consumers"]!["catalog"]!.GetValue<int>()));
        Assert.Equal((2, 1), (figures["overdueSagas"]!.GetValue<int>(), figures["deadLetters"]!.GetValue<int>()));
        Assert.Empty(figures["unavailable"]!.AsArray());
    }

    [Fact]
    public async Task What_is_away_is_null_and_named_and_the_rest_is_there()
    {
        Services.OrderHistory.Calls.Fail(StatusCode.Unavailable);
        Services.Ordering.Calls.Hang();
        Services.Operations.Away.Add("coupons");

        var answer = await _gateway.GetAsync(Path, _operator).WaitAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);

        var figures = answer.Json;
        Assert.Equal("""["coupons","order-history","ordering"]""", figures["unavailable"]!.ToJsonString());
        Assert.All(["perMinute", "today", "rejectedBy", "placedToConfirmedMs", "overdueSagas", "deadLetters"], part => Assert.Null(figures[part]));
        Assert.Null(figures["lag"]!["outbox"]!["coupons"]);
        Assert.Equal(3, figures["lag"]!["outbox"]!["catalog"]!.GetValue<int>());
        Services.Operations.Away.Clear();
    }

    [Fact]
    public async Task Without_the_broker_only_the_lag_of_consumers_is_missing()
    {
        Services.Operations.Calls.Answer<GetBacklogRequest>(_ => new GetBacklogResponse { Outbox = 9 });

        var answer = await _gateway.GetAsync(Path, _operator);

        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        var figures = answer.Json;
        Assert.Equal("""["kafka"]""", figures["unavailable"]!.ToJsonString());
        Assert.Equal((9, null), (figures["lag"]!["outbox"]!["catalog"]!.GetValue<int>(), figures["lag"]!["consumers"]!["catalog"]));
    }
}
