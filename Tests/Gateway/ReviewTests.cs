using System.Net;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Reviews.V1;

namespace Shop.Gateway.Tests;

public sealed class ReviewTests
{
    private const string Product = "0198c0de-0000-7000-8000-000000000001";
    private const string Path = $"/api/v1/products/{Product}/reviews";
    private readonly RunningGateway _gateway;
    private readonly string _member;

    public ReviewTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _member = gateway.Tokens.Member();
    }

    private Calls Reviews => _gateway.Services.Reviews.Calls;

    [Fact]
    public async Task A_review_is_written_as_the_member_who_calls()
    {
        var answer = await _gateway.PostAsync(Path, """{ "stars": 4, "text": "<script>" }""", _member);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        answer.IsJson($$"""{ "reviewId": "{{FakeReviews.ReviewId}}" }""");
        var asked = Reviews.Last<WriteReviewRequest>();
        Assert.Equal((Product, 4, "<script>", false, _member), (asked.ProductId, asked.Stars, asked.Text, asked.ValidateOnly, Reviews.LastToken));
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied, "not_received", 403)]
    [InlineData(StatusCode.AlreadyExists, "already_reviewed", 409)]
    [InlineData(StatusCode.NotFound, "not_found", 404)]
    public async Task What_reviews_refuses_is_refused_for_the_same_reason(StatusCode status, string reason, int expected)
    {
        var details = new Google.Rpc.Status { Code = (int)status, Message = "why", Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new ErrorInfo { Reason = reason, Domain = "shop" }) } };
        Reviews.Fail(new RpcException(new(status, "why"), new Metadata { { "grpc-status-details-bin", details.ToByteArray() } }));

        var answer = await _gateway.PostAsync(Path, """{ "stars": 5, "text": "a" }""", _member);

        answer.IsProblem(expected);
        Assert.EndsWith($":{reason}", answer.Json["type"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_bad_field_is_named_at_once()
    {
        Reviews.Refuse("text");

        var answer = await _gateway.PostAsync(Path, """{ "stars": "five" }""", _member);

        answer.IsProblem(400);
        Assert.Equal(["stars", "text"], answer.ErrorFields);
        Assert.True(Reviews.Last<WriteReviewRequest>().ValidateOnly);
    }

    [Theory]
    [InlineData("", ReviewSort.Unspecified)]
    [InlineData("&sort=newest", ReviewSort.Newest)]
    [InlineData("&sort=stars", ReviewSort.Stars)]
    [InlineData("&sort=-stars", ReviewSort.StarsDescending)]
    public async Task Anyone_lists_reviews_in_an_order(string sort, ReviewSort asked)
    {
        var answer = await _gateway.GetAsync($"{Path}?pageSize=7&pageToken=abc{sort}");

        answer.IsJson($$"""
            { "items": [ { "id": "{{FakeReviews.ReviewId}}", "stars": 5, "text": "<b>조용하다</b>", "author": "김**", "createdAt": "2026-03-01T09:00:00Z" } ], "nextPageToken": "next" }
            """);
        var request = Reviews.Last<ListReviewsRequest>();
        Assert.Equal((Product, asked, 7, "abc"), (request.ProductId, request.Sort, request.PageSize, request.PageToken));
    }

    [Fact]
    public async Task Another_order_is_a_bad_parameter()
    {
        var answer = await _gateway.GetAsync($"{Path}?sort=price");

        answer.IsProblem(400);
        Assert.Equal(["sort"], answer.ErrorFields);
    }
}
