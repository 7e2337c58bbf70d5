using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Messaging.V1;

namespace Shop.Gateway.Tests;

public sealed class DeadLetterTests : IDisposable
{
    private const string Path = "/api/v1/ops/dead-letters";
    private readonly RunningGateway _gateway;
    private readonly string _operator;

    public DeadLetterTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _operator = gateway.Tokens.Operator();
    }

    private FakeOperations Operations => _gateway.Services.Operations;

    [Fact]
    public async Task Those_of_all_services_are_one_list_newest_first()
    {
        Operations.Letters = new()
        {
            ["catalog"] = [.. Letters(1, 4, 7)],
            ["payments"] = [.. Letters(2, 3, 9)],
            ["members"] = [.. Letters(5)],
        };

        var seen = new List<string>();
        for (var next = $"{Path}?pageSize=2"; next is not null;)
        {
            var page = await _gateway.GetAsync(next, _operator);
            seen.AddRange(page.Json["items"]!.AsArray().Select(letter => $"{letter!["service"]} {letter["id"]!.GetValue<string>()[^1]}"));
            next = page.Json["nextPageToken"] is { } token ? $"{Path}?pageSize=2&pageToken={token}" : null;
        }

        Assert.Equal(["payments 9", "catalog 7", "members 5", "catalog 4", "payments 3", "payments 2", "catalog 1"], seen);
        Assert.Equal(_operator, Operations.Calls.LastToken);
    }

    [Fact]
    public async Task A_service_that_is_away_is_named()
    {
        Operations.Away.Add("payments");

        var answer = await _gateway.GetAsync(Path, _operator);

        Assert.Equal("""["payments"]""", answer.Json["unavailable"]!.ToJsonString());
        Assert.Equal(FakeOperations.LetterId, answer.Json["items"]![0]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_any_service_there_is_no_list()
    {
        Operations.Away.UnionWith(FakeServices.Names);

        (await _gateway.GetAsync(Path, _operator)).IsProblem(503);
    }

    [Theory]
    [InlineData("pageSize=0")]
    [InlineData("pageSize=101")]
    [InlineData("pageToken=x")]
    [InlineData("pageToken=%00")]
    public async Task Bad_parameters_are_named(string query)
    {
        var answer = await _gateway.GetAsync($"{Path}?{query}", _operator);

        answer.IsProblem(400);
        Assert.Equal([query.Split('=')[0]], answer.ErrorFields);
    }

    [Fact]
    public async Task The_list_names_all_services_that_can_have_some()
    {
        Operations.Away.Add("payments");

        Assert.Equal(FakeServices.Names, (await _gateway.GetAsync(Path, _operator)).Json["services"]!.AsArray().Select(service => service!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_is_found_in_the_service_that_has_it_with_its_payload_as_json()
    {
        var answer = await _gateway.GetAsync($"{Path}/{FakeOperations.LetterId}", _operator);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        answer.IsJson($$"""
            {
              "id": "{{FakeOperations.LetterId}}", "service": "catalog", "consumer": "follow-stock", "topic": "shop.stock.v1", "key": "0198c0de-0000-7000-8000-000000000001",
              "type": "shop.inventory.v1.StockChanged", "eventId": "{{FakeOperations.LetterId}}", "reason": "DivideByZero: by zero", "attempts": 3,
              "occurredAt": "1970-01-01T00:00:01Z", "parkedAt": "1970-01-01T00:00:02Z", "traceId": null,
              "source": "inventory", "partition": 3, "offset": 42, "status": "parked", "resolvedAt": null, "resolvedBy": null, "resolution": null,
              "payloadSize": 12, "payload": { "onHand": "7" }, "payloadBase64": null
            }
            """);
        Assert.Equal(_operator, Operations.Calls.LastToken);
        Assert.True(Operations.Deadline <= TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(3), "a service that hangs keeps the page waiting for more than 3 s");
    }

    [Fact]
    public async Task One_that_is_resolved_says_when_by_whom_and_why()
    {
        Operations.Calls.Answer<GetDeadLetterRequest>(_ => Details("discarded", letter => (letter.ResolvedAt, letter.ResolvedBy, letter.Resolution) = (new() { Seconds = 3 }, "me", "made by a test")));

        var answer = await GetAsync();

        Assert.Equal(("discarded", "1970-01-01T00:00:03Z", "me", "made by a test"), (Text("status"), Text("resolvedAt"), Text("resolvedBy"), Text("resolution")));

        string Text(string name) => answer.Json[name]!.GetValue<string>();
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 255 }, 3, "AQL/")]
    [InlineData(new byte[0], 0, "")]
    [InlineData(new byte[0], 70_000, null)]
    public async Task A_payload_without_json_is_given_as_it_is_unless_it_is_too_long(byte[] payload, long size, string? base64)
    {
        Operations.Calls.Answer<GetDeadLetterRequest>(_ => Details("parked", letter => (letter.Payload, letter.PayloadSize) = (ByteString.CopyFrom(payload), size)));

        var answer = await GetAsync();

        Assert.Equal((null, base64, size), (answer.Json["payload"], answer.Json["payloadBase64"]?.GetValue<string>(), answer.Json["payloadSize"]!.GetValue<long>()));
    }

    [Fact]
    public async Task One_that_nobody_has_is_not_found_and_one_that_somebody_who_is_away_may_have_is_not_unknown()
    {
        Operations.Letters = [];
        (await GetAsync()).IsProblem(404);

        Operations.Away.Add("ordering");
        (await GetAsync()).IsProblem(503);

        Operations.Letters = new() { ["catalog"] = [FakeOperations.Letter(FakeOperations.LetterId)] };
        Assert.Equal(HttpStatusCode.OK, (await GetAsync()).Status);
    }

    /// <summary>The other services would be waited for until their deadline.</summary>
    [Fact]
    public async Task One_that_is_found_does_not_wait_for_services_that_hang()
    {
        Operations.Hanging.UnionWith(FakeServices.Names.Except(["catalog"]));
        var left = Operations.Left;

        Assert.Equal(HttpStatusCode.OK, (await GetAsync()).Status);

        Assert.Equal(left, Operations.Left);
    }

    [Fact]
    public async Task A_replay_finds_the_service_by_itself()
    {
        var answer = await ReplayAsync();

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        answer.IsJson("""{ "replayed": 3 }""");
        Assert.Equal(1, Operations.Calls.Count<ReplayDeadLetterRequest>());
    }

    [Fact]
    public async Task A_discard_finds_the_service_by_itself_and_needs_a_reason()
    {
        var path = $"{Path}/{FakeOperations.LetterId}/discard";
        Assert.Equal(["reason"], (await _gateway.PostAsync(path, "{}", _operator)).ErrorFields);

        var answer = await _gateway.PostAsync(path, """{ "reason": "made by a test" }""", _operator);

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Equal("made by a test", Operations.Calls.Last<DiscardDeadLetterRequest>().Reason);
        Assert.Equal(1, Operations.Calls.Count<DiscardDeadLetterRequest>());
    }

    [Fact]
    public async Task All_of_a_service_are_replayed_in_the_background()
    {
        var answer = await _gateway.PostAsync($"{Path}/replay", """{ "service": "catalog", "consumer": "follow-stock" }""", _operator);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        answer.IsJson("""{ "count": 1 }""");
        var asked = Operations.Calls.Last<ReplayDeadLettersRequest>();
        Assert.Equal(("follow-stock", ""), (asked.Consumer, asked.Key));
        Assert.Equal(["service"], (await _gateway.PostAsync($"{Path}/replay", """{ "service": "nobody" }""", _operator)).ErrorFields);
        Assert.Equal(["service"], (await _gateway.PostAsync($"{Path}/replay", "{}", _operator)).ErrorFields);
    }

    [Fact]
    public async Task What_nobody_knows_is_not_found()
    {
        Operations.Letters = [];

        (await ReplayAsync()).IsProblem(404);
    }

    [Fact]
    public async Task What_somebody_who_is_away_may_know_is_not_unknown()
    {
        Operations.Letters = [];
        Operations.Away.Add("ordering");

        (await ReplayAsync()).IsProblem(503);
    }

    [Fact]
    public async Task A_replay_that_fails_again_is_refused()
    {
        Operations.Calls.Fail(StatusCode.FailedPrecondition, "Nothing was replayed");

        (await ReplayAsync()).IsProblem(422);
    }

    public void Dispose()
    {
        Operations.Letters = new() { ["catalog"] = [FakeOperations.Letter(FakeOperations.LetterId)] };
        Operations.Away.Clear();
        Operations.Hanging.Clear();
    }

    private Task<Answer> GetAsync() => _gateway.GetAsync($"{Path}/{FakeOperations.LetterId}", _operator);

    private static GetDeadLetterResponse Details(string status, Action<GetDeadLetterResponse> change)
    {
        var details = new GetDeadLetterResponse { Letter = FakeOperations.Letter(FakeOperations.LetterId), Status = status };
        change(details);
        return details;
    }

    private Task<Answer> ReplayAsync() => _gateway.SendAsync(HttpMethod.Post, $"{Path}/{FakeOperations.LetterId}/replay", content: null, _operator);

    private static IEnumerable<DeadLetter> Letters(params int[] times) => times.Select(time => FakeOperations.Letter($"0198c0de-0000-7000-8000-00000000000{time}"));
}
