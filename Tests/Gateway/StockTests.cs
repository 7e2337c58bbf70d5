using System.Net;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Inventory.V1;

namespace Shop.Gateway.Tests;

public sealed class StockTests
{
    private const string Path = "/api/v1/ops/stock/0198c0de-0000-7000-8000-000000000001";
    private readonly RunningGateway _gateway;
    private readonly string _token;

    public StockTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _token = gateway.Tokens.Operator();
    }

    private Calls Inventory => _gateway.Services.Inventory.Calls;

    [Fact]
    public async Task The_tag_that_it_was_read_with_is_what_it_must_still_have()
    {
        var seen = await _gateway.GetAsync(Path, _token);
        seen.IsJson("""{ "onHand": 38, "reserved": 1, "available": 37 }""");

        var answer = await SetAsync(seen.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Equal([7], Inventory.Last<SetStockIfUnchangedRequest>().Versions);
        Assert.Equal((5, 0), (Inventory.Last<SetStockIfUnchangedRequest>().OnHand, Inventory.Count<SetStockRequest>()));
    }

    [Theory]
    [InlineData("\"7\"", "7")]
    [InlineData("\"6\", \"7\"", "6 7")]
    [InlineData("W/\"7\"", "0")]
    [InlineData("\"of another page\"", "0")]
    [InlineData("\"+7\"", "0")]
    public async Task Only_a_strong_tag_of_ours_can_match(string ifMatch, string versions)
    {
        await SetAsync(ifMatch);

        Assert.Equal(versions.Split(' ').Select(long.Parse), Inventory.Last<SetStockIfUnchangedRequest>().Versions);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*")]
    public async Task Without_a_tag_it_is_set_whatever_it_was(string? ifMatch)
    {
        Assert.Equal(HttpStatusCode.NoContent, (await SetAsync(ifMatch)).Status);
        Assert.Equal(5, Inventory.Last<SetStockRequest>().OnHand);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"7")]
    [InlineData("\"7\" or so")]
    public async Task What_is_no_tag_is_not_passed_over(string ifMatch)
    {
        var answer = await SetAsync(ifMatch);

        answer.IsProblem(400);
        Assert.Equal(["If-Match"], answer.ErrorFields);
    }

    [Fact]
    public async Task Tags_that_Inventory_refuses_are_named_as_the_header_that_they_are_in()
    {
        Inventory.Refuse("onHand", "versions");

        foreach (var ifMatch in new[] { "\"7\"", "7" })
        {
            var answer = await SetAsync(ifMatch);

            answer.IsProblem(400);
            Assert.Equal(["If-Match", "onHand"], answer.ErrorFields);
        }

        // Without a version, which no stock is set by.
        Assert.Empty(Inventory.Last<SetStockIfUnchangedRequest>().Versions);
    }

    [Fact]
    public async Task Stock_that_has_moved_is_a_412()
    {
        var status = new Google.Rpc.Status { Code = 6, Details = { Any.Pack(new ErrorInfo { Reason = "stock_moved", Domain = "shop" }) } };
        Inventory.Fail(new RpcException(new(StatusCode.AlreadyExists, "moved"), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } }));

        var answer = await SetAsync("\"6\"");

        answer.IsProblem(412);
        Assert.Equal("stock_moved", answer.Reason);
    }

    /// <summary>The second try of one that was done finds the stock moved by the first.</summary>
    [Fact]
    public async Task What_may_have_been_done_is_not_tried_again()
    {
        // So many good answers that the throttle of retries (docs/retry.md), which other tests have used up, would let one pass.
        for (var i = 0; i < 200; i++)
            await _gateway.GetAsync(Path, _token);
        Inventory.Fail(StatusCode.Unavailable);

        (await SetAsync("\"7\"")).IsProblem(503);

        Assert.Equal(1, Inventory.Count<SetStockIfUnchangedRequest>());
    }

    [Fact]
    public async Task What_has_no_stock_is_not_found()
    {
        Inventory.Answer<GetStockRequest>(_ => new GetStockResponse());

        (await _gateway.GetAsync(Path, _token)).IsProblem(404);
    }

    private Task<Answer> SetAsync(string? ifMatch) =>
        _gateway.SendAsync(HttpMethod.Put, Path, """{ "onHand": 5 }""", _token, ifMatch is null ? [] : [("If-Match", ifMatch)]);
}
