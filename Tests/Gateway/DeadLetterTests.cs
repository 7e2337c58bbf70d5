using System.Net;
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
    }

    private Task<Answer> ReplayAsync() => _gateway.SendAsync(HttpMethod.Post, $"{Path}/{FakeOperations.LetterId}/replay", content: null, _operator);

    private static IEnumerable<DeadLetter> Letters(params int[] times) => times.Select(time => FakeOperations.Letter($"0198c0de-0000-7000-8000-00000000000{time}"));
}
