using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Ordering.V1;

namespace Shop.Gateway.Tests;

public sealed class OrderEventTests : IDisposable
{
    private const string Path = $"/api/v1/orders/{FakeOrdering.OrderId}/events";
    private readonly RunningGateway _gateway;
    private readonly string _member;

    public OrderEventTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _member = gateway.Tokens.Member();
    }

    private FakeOrdering Ordering => _gateway.Services.Ordering;

    [Fact]
    public async Task Each_change_is_an_event_with_a_growing_id()
    {
        Ordering.Changes = _ => [[FakeOrdering.Change(1, "pending")], [], [FakeOrdering.Change(2, "rejected", "out_of_stock")]];

        var answer = await _gateway.GetAsync(Path, _member);

        Assert.Equal("text/event-stream", answer.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(
            """
            event: status
            id: 1
            data: {"status":"pending","reason":null,"at":"2026-03-01T09:00:00Z"}

            event: status
            id: 2
            data: {"status":"rejected","reason":"out_of_stock","at":"2026-03-01T09:00:00Z"}


            """.ReplaceLineEndings("\n"), answer.Text);
        Assert.Equal(_member, Ordering.Calls.LastToken);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("2", 2)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("99999999999999999999", 0)]
    [InlineData("-1", 0)]
    [InlineData("x", 0)]
    [InlineData("1; drop table", 0)]
    public async Task It_goes_on_after_the_last_event_that_was_seen(string? last, long asked)
    {
        await _gateway.GetAsync(Path, _member, last is null ? [] : [("Last-Event-ID", last)]);

        Assert.Equal(asked, Ordering.Calls.Last<WatchOrderRequest>().AfterSequence);
    }

    [Fact]
    public async Task A_stream_without_news_says_that_it_is_alive_until_somebody_leaves()
    {
        (Ordering.Changes, Ordering.Ends) = (_ => [[]], false);
        using var leaves = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var request = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", _member) } };

        using var answer = await _gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaves.Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(leaves.Token));

        Assert.StartsWith(":", await reader.ReadLineAsync(leaves.Token), StringComparison.Ordinal);
        Assert.Equal("", await reader.ReadLineAsync(leaves.Token));
        Assert.StartsWith(":", await reader.ReadLineAsync(leaves.Token), StringComparison.Ordinal);
    }

    /// <summary>A browser opens a stream that ended again and again, unless it is answered 204.</summary>
    [Fact]
    public async Task Of_an_order_that_was_seen_to_its_end_there_is_nothing_more()
    {
        (Ordering.Changes, Ordering.IsFinal) = (_ => [[]], true);

        var answer = await _gateway.GetAsync(Path, _member, ("Last-Event-ID", "2"));

        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task The_end_of_an_order_is_told_to_who_has_not_seen_it()
    {
        (Ordering.Changes, Ordering.IsFinal) = (_ => [[FakeOrdering.Change(2, "rejected", "out_of_stock")]], true);

        Assert.Contains("id: 2", (await _gateway.GetAsync(Path, _member, ("Last-Event-ID", "1"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_ends_because_a_replica_stops_is_not_the_end_of_the_order()
    {
        Ordering.Changes = _ => [[]];

        Assert.Equal(HttpStatusCode.OK, (await _gateway.GetAsync(Path, _member, ("Last-Event-ID", "1"))).Status);
    }

    [Fact]
    public async Task Somebody_elses_order_is_not_found_and_no_stream()
    {
        Ordering.Calls.Fail(StatusCode.NotFound);

        (await _gateway.GetAsync(Path, _member)).IsProblem(404);
    }

    [Fact]
    public async Task When_the_service_goes_the_stream_ends_and_can_be_taken_up_again()
    {
        Ordering.Changes = _ => [[FakeOrdering.Change(1, "pending")], null!];
        _gateway.Log.IsListening = true;

        var answer = await _gateway.GetAsync(Path, _member);

        Assert.Contains("id: 1", answer.Text, StringComparison.Ordinal);
        Assert.Contains($"Warning Shop.Gateway.Orders.OrderEvent: The events of order {FakeOrdering.OrderId} are interrupted", _gateway.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_has_20_streams_at_once()
    {
        (Ordering.Changes, Ordering.Ends) = (_ => [[]], false);
        using var leaves = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        var open = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OpenAsync(leaves.Token)));
        (await _gateway.GetAsync(Path, _member)).IsProblem(429);

        foreach (var stream in open)
            stream.Dispose();
    }

    public void Dispose()
    {
        (Ordering.Changes, Ordering.Ends) = (_ => [[FakeOrdering.Change(2, "confirmed")]], true);
        Ordering.IsFinal = false;
        _gateway.Log.IsListening = false;
    }

    private async Task<HttpResponseMessage> OpenAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", _member) } };
        var answer = await _gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        return answer.EnsureSuccessStatusCode();
    }
}
