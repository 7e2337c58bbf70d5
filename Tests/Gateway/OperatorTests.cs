using System.Net;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Shop.Catalog.V1;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Inventory.V1;
using Shop.Ordering.V1;
using Shop.Payments.V1;

namespace Shop.Gateway.Tests;

public sealed class OperatorTests
{
    private const string Id = "0198c0de-0000-7000-8000-000000000001";
    private readonly RunningGateway _gateway;
    private readonly string _token;

    public OperatorTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _token = gateway.Tokens.Operator();
    }

    [Fact]
    public async Task A_new_product_is_answered_whole()
    {
        var answer = await _gateway.PostAsync("/api/v1/ops/products", """
            { "name": { "ko": " 키보드 ", "en": "Keyboard" }, "description": { "ko": "한\n둘", "en": "one" }, "categoryId": "keyboards",
              "price": { "amount": 1000000000000, "currency": "KRW" }, "imageUrl": null }
            """, _token);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal("/api/v1/products/0198c0de-0000-7000-8000-000000000002", answer.Headers.Location?.ToString());
        Assert.Equal("keyboards", answer.Json["category"]!["id"]!.GetValue<string>());
        var asked = _gateway.Services.Catalog.Calls.Last<CreateProductRequest>();
        Assert.Equal((" 키보드 ", "한\n둘", 1_000_000_000_000, false), (asked.Name.Ko, asked.Description.Ko, asked.Price.Amount, asked.HasImageUrl));
        Assert.Equal(_token, _gateway.Services.Catalog.Calls.LastToken);
    }

    [Fact]
    public async Task A_new_product_needs_all_but_the_picture()
    {
        var answer = await _gateway.PostAsync("/api/v1/ops/products", "{}", _token);

        Assert.Equal(["categoryId", "description", "name", "price"], answer.ErrorFields);
    }

    [Theory]
    [InlineData("/images/own.svg")]
    [InlineData("/images/a/b%20c.png?v=2")]
    [InlineData("/images/가방.png")]
    [InlineData("https://cdn.example/x.png?w=1&h=2#top")]
    [InlineData("HTTP://cdn.example:8080/x.png")]
    [InlineData("https://[::1]/x.png")]
    public async Task Both_kinds_of_picture_are_kept_as_they_are_given(string url)
    {
        var answer = await _gateway.PostAsync("/api/v1/ops/products", WithPicture(url), _token);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(url, _gateway.Services.Catalog.Calls.Last<CreateProductRequest>().ImageUrl);
    }

    [Fact]
    public async Task What_a_patch_leaves_out_or_makes_null_stays()
    {
        var answer = await _gateway.SendAsync(HttpMethod.Patch, $"/api/v1/ops/products/{Id}", """{ "name": null, "price": { "amount": 5, "currency": "KRW" } }""", _token);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var asked = _gateway.Services.Catalog.Calls.Last<UpdateProductRequest>();
        Assert.Null(asked.Name);
        Assert.Null(asked.Description);
        Assert.Equal((5, false, false, Id), (asked.Price.Amount, asked.HasCategoryId, asked.HasImageUrl, asked.ProductId));
    }

    [Fact]
    public async Task A_text_that_is_patched_is_given_whole()
    {
        var answer = await _gateway.SendAsync(HttpMethod.Patch, $"/api/v1/ops/products/{Id}", """{ "name": { "ko": "하나" }, "description": {} }""", _token);

        Assert.Equal(["description.en", "description.ko", "name.en"], answer.ErrorFields);
    }

    [Fact]
    public async Task An_unknown_category_is_a_bad_field()
    {
        var status = new Google.Rpc.Status
        {
            Code = 3,
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "categoryId", Description = "is unknown" } } }) },
        };
        _gateway.Services.Catalog.Calls.Fail(new RpcException(new(StatusCode.InvalidArgument, "no"), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } }));

        var answer = await _gateway.SendAsync(HttpMethod.Patch, $"/api/v1/ops/products/{Id}", """{ "categoryId": "none" }""", _token);

        answer.IsProblem(400);
        Assert.Equal(["categoryId"], answer.ErrorFields);
    }

    [Theory]
    [InlineData("0", HttpStatusCode.NoContent)]
    [InlineData("1000000000", HttpStatusCode.NoContent)]
    [InlineData("1.5", HttpStatusCode.BadRequest)]
    [InlineData("9223372036854775808", HttpStatusCode.BadRequest)]
    [InlineData("\"5\"", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    public async Task Stock_is_a_whole_number(string onHand, HttpStatusCode status)
    {
        var answer = await _gateway.SendAsync(HttpMethod.Put, $"/api/v1/ops/stock/{Id}", $$"""{ "onHand": {{onHand}} }""", _token);

        Assert.Equal(status, answer.Status);
        if (status == HttpStatusCode.NoContent)
            Assert.Equal(long.Parse(onHand), _gateway.Services.Inventory.Calls.Last<SetStockRequest>().OnHand);
    }

    [Fact]
    public async Task Sagas_are_listed_by_state_and_order()
    {
        var answer = await _gateway.GetAsync($"/api/v1/ops/sagas?state=overdue&orderId={FakeOrdering.OrderId}&pageSize=3&pageToken=abc", _token);

        answer.IsJson($$"""
            { "items": [ { "id": "{{FakeOrdering.OrderId}}", "type": "CheckoutSaga", "state": "running", "step": "authorise payment", "attempts": 2,
                           "startedAt": "2026-03-01T09:00:00Z", "deadline": "2026-03-01T09:00:00Z", "dueAt": "2026-03-01T09:00:00Z", "orderId": "{{FakeOrdering.OrderId}}" } ], "nextPageToken": null }
            """);
        var asked = _gateway.Services.Ordering.Calls.Last<ListSagasRequest>();
        Assert.Equal(("overdue", FakeOrdering.OrderId, 3, "abc"), (asked.State, asked.OrderId, asked.PageSize, asked.PageToken));
    }

    [Fact]
    public async Task The_comparison_with_the_providers_ledger_is_shown()
    {
        var answer = await _gateway.GetAsync("/api/v1/ops/reconciliation", _token);

        answer.IsJson($$"""
            { "at": "2026-03-01T09:00:00Z", "compared": 12, "differences": [
              { "orderId": "{{FakeOrdering.OrderId}}", "kind": "missing_refund", "ours": "captured 200 KRW", "theirs": "refunded 50 KRW", "repaired": true, "at": "2026-03-01T09:00:00Z" },
              { "orderId": null, "kind": "unknown_charge", "ours": null, "theirs": "authorised 1 KRW", "repaired": false, "at": "2026-03-01T09:00:00Z" } ] }
            """);
    }

    [Fact]
    public async Task Before_the_first_comparison_there_is_none()
    {
        _gateway.Services.Payments.Calls.Answer<GetReconciliationRequest>(_ => new GetReconciliationResponse());

        (await _gateway.GetAsync("/api/v1/ops/reconciliation", _token)).IsJson("""{ "at": null, "compared": 0, "differences": [] }""");
    }

    [Fact]
    public async Task A_saga_that_is_in_no_state_is_asked_for_in_vain()
    {
        _gateway.Services.Ordering.Calls.Refuse("state");

        var answer = await _gateway.GetAsync("/api/v1/ops/sagas?state=stuck&pageSize=x", _token);

        answer.IsProblem(400);
        Assert.Equal(["pageSize", "state"], answer.ErrorFields);
        Assert.Equal("stuck", _gateway.Services.Ordering.Calls.Last<ListSagasRequest>().State);
    }

    [Fact]
    public async Task A_saga_shows_every_step()
    {
        var answer = await _gateway.GetAsync($"/api/v1/ops/sagas/{Id}", _token);

        Assert.Equal(
            """{"sequence":1,"step":"reserve stock","direction":"forward","attempt":1,"outcome":"done","error":null,"startedAt":"2026-03-01T09:00:00Z","durationMs":5,"traceId":"abc"}""",
            answer.Json["steps"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task A_retry_is_accepted()
    {
        var answer = await _gateway.SendAsync(HttpMethod.Post, $"/api/v1/ops/sagas/{Id}/retry", content: null, _token);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(Id, _gateway.Services.Ordering.Calls.Last<RetrySagaRequest>().SagaId);
    }

    [Fact]
    public async Task A_retry_of_what_does_not_exist_is_a_404()
    {
        _gateway.Services.Ordering.Calls.Fail(StatusCode.NotFound);

        (await _gateway.SendAsync(HttpMethod.Post, $"/api/v1/ops/sagas/{Id}/retry", content: null, _token)).IsProblem(404);
        (await _gateway.SendAsync(HttpMethod.Post, "/api/v1/ops/sagas/none/retry", content: null, _token)).IsProblem(404);
    }

    [Fact]
    public async Task A_compensation_is_accepted_with_its_reason()
    {
        var answer = await _gateway.PostAsync($"/api/v1/ops/sagas/{Id}/compensate", """{ "reason": "recalled" }""", _token);

        Assert.Equal((HttpStatusCode.Accepted, $"/api/v1/ops/sagas/{Id}"), (answer.Status, answer.Headers.Location?.ToString()));
        var asked = _gateway.Services.Ordering.Calls.Last<CompensateSagaRequest>();
        Assert.Equal((Id, "recalled"), (asked.SagaId, asked.Reason));
    }

    [Fact]
    public async Task A_compensation_past_the_pivot_is_a_conflict_and_one_without_a_reason_is_refused()
    {
        Assert.Equal(["reason"], (await _gateway.PostAsync($"/api/v1/ops/sagas/{Id}/compensate", "{}", _token)).ErrorFields);

        _gateway.Services.Ordering.Calls.Fail(StatusCode.AlreadyExists, "past its pivot");
        (await _gateway.PostAsync($"/api/v1/ops/sagas/{Id}/compensate", """{ "reason": "recalled" }""", _token)).IsProblem(409);
    }

    private static string WithPicture(string url) => $$"""
        { "name": { "ko": "하나", "en": "One" }, "description": { "ko": "하나", "en": "One" }, "categoryId": "keyboards",
          "price": { "amount": 1, "currency": "KRW" }, "imageUrl": "{{url}}" }
        """;
}
