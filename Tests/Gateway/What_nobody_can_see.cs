using System.Net;
using System.Text.Json.Nodes;
using Shop.Gateway.Tests.Running;
using Shop.Members.V1;

namespace Shop.Gateway.Tests;

/// <summary>Texts of strangers: whoever reads them must see what they are, and two that look the same must be the same.</summary>
public sealed class What_nobody_can_see
{
    private const string Product = "0198c0de-0000-7000-8000-000000000001";
    private readonly RunningGateway _gateway;

    public What_nobody_can_see(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    public static TheoryData<string> Unseen => ["\u200B", "\u3164\u3164", "\u2800", "\u202E\u202C", "\u115F", "\u00AD", "\uFEFF", "\u3000"];

    [Theory, MemberData(nameof(Unseen))]
    public async Task A_name_is_something_that_can_be_seen(string unseen)
    {
        var answer = await _gateway.PostAsync("/api/v1/members", Body(("email", "a@b.kr"), ("password", "0123456789"), ("name", unseen), ("language", "ko")));

        answer.IsProblem(400);
        Assert.Equal(["name"], answer.ErrorFields);
    }

    [Theory, MemberData(nameof(Unseen))]
    public async Task So_is_every_line_of_an_address(string unseen)
    {
        var answer = await _gateway.PostAsync("/api/v1/orders", $$"""
            { "items": [ { "productId": "{{Product}}", "quantity": 1 } ], "paymentToken": {{Text(unseen)}}, "shippingAddress": {{Body(
                ("recipient", unseen), ("line1", unseen), ("line2", unseen), ("city", unseen), ("postalCode", unseen), ("country", unseen))}} }
            """, _gateway.Tokens.Member(), ("Idempotency-Key", "key-1"));

        answer.IsProblem(400);
        Assert.Equal(
            ["paymentToken", .. new[] { "city", "country", "line1", "line2", "postalCode", "recipient" }.Select(field => $"shippingAddress.{field}")], answer.ErrorFields);
    }

    [Theory, MemberData(nameof(Unseen))]
    public async Task So_are_the_texts_of_a_product(string unseen)
    {
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Patch })
        {
            var path = method == HttpMethod.Post ? "/api/v1/ops/products" : $"/api/v1/ops/products/{Product}";
            var both = Body(("ko", unseen), ("en", unseen));

            var answer = await _gateway.SendAsync(method, path,
                $$"""{ "name": {{both}}, "description": {{both}}, "categoryId": {{Text(unseen)}}, "price": { "amount": 1, "currency": "KRW" } }""", _gateway.Tokens.Operator());

            answer.IsProblem(400);
            Assert.Equal(["categoryId", "description.en", "description.ko", "name.en", "name.ko"], answer.ErrorFields);
        }
    }

    [Fact]
    public async Task What_is_typed_in_pieces_goes_on_in_one_form()
    {
        await _gateway.PostAsync("/api/v1/members", Body(("email", "e\u0301@b.kr"), ("password", "\u1112\u1161\u11AB345678901"), ("name", "\u1112\u1161\u11AB"), ("language", "ko")));

        var asked = _gateway.Services.Members.Calls.Last<SignUpRequest>();
        Assert.Equal(("é@b.kr", "한345678901", "한"), (asked.Email, asked.Password, asked.Name));
    }

    [Fact]
    public async Task A_name_of_many_scripts_and_pictures_is_a_name()
    {
        const string name = "  👩‍👩‍👧 שלום مرحبا \u202e김하나 Ǆ ﬀ é ";

        var answer = await _gateway.PostAsync("/api/v1/members", Body(("email", "a@b.kr"), ("password", "0123456789"), ("name", name), ("language", "ko")));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(name, _gateway.Services.Members.Calls.Last<SignUpRequest>().Name);
    }

    private static string Text(string text) => JsonValue.Create(text).ToJsonString();

    private static string Body(params (string Name, string Value)[] fields) =>
        new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)JsonValue.Create(field.Value)))).ToJsonString();
}
