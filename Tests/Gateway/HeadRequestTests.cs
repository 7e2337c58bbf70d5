using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed class HeadRequestTests
{
    private static readonly string[] NotCompared = ["Date", "Content-Length", "Transfer-Encoding"];
    private readonly RunningGateway _gateway;

    public HeadRequestTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    public static TheoryData<string> Reads => [.. SampleCalls.All.Where(call => call.Method == HttpMethod.Get).Select(call => call.Route)];

    public static TheoryData<string> Writes => [.. SampleCalls.All.Where(call => call.Method != HttpMethod.Get).Select(call => call.Route)];

    [Theory, MemberData(nameof(Reads))]
    public async Task The_head_of_what_can_be_read_is_its_answer_without_the_body(string route)
    {
        var call = SampleCalls.Of(route);
        var token = _gateway.TokenFor(call.Who);
        var whole = await _gateway.GetAsync(call.Path, token, ("Accept-Language", "en"));

        var head = await _gateway.SendAsync(HttpMethod.Head, call.Path, content: null, token, ("Accept-Language", "en"));

        Assert.Equal((whole.Status, ""), (head.Status, head.Text));
        Assert.Equal(Headers(whole), Headers(head));
    }

    [Theory, MemberData(nameof(Reads))]
    public async Task The_head_of_what_cannot_be_read_says_so(string route)
    {
        var call = SampleCalls.Of(route);
        if (call.Who == Who.Anyone)
            return;

        var head = await _gateway.SendAsync(HttpMethod.Head, call.Path, content: null);

        Assert.Equal((401, ""), ((int)head.Status, head.Text));
    }

    [Theory, MemberData(nameof(Writes))]
    public async Task What_can_only_be_written_has_no_head(string route)
    {
        var call = SampleCalls.Of(route);
        if (SampleCalls.All.Any(other => other.Method == HttpMethod.Get && other.Path == call.Path))
            return;

        // Where a GET has a parameter it is read as the id of a thing, which does not exist.
        var isId = SampleCalls.All.Any(other => other.Method == HttpMethod.Get && Matches(other.Route.Split(' ')[1], call.Path));
        Assert.Equal(isId ? 404 : 405, (int)(await _gateway.SendAsync(HttpMethod.Head, call.Path, content: null, _gateway.TokenFor(call.Who))).Status);
    }

    [Theory, MemberData(nameof(Reads))]
    public async Task A_refused_method_is_told_that_there_is_a_head(string route)
    {
        var call = SampleCalls.Of(route);

        var answer = await _gateway.SendAsync(new("BREW"), call.Path, content: null, _gateway.TokenFor(call.Who));

        Assert.Contains("HEAD", answer.ContentHeaders.Allow);
    }

    [Fact]
    public async Task The_head_of_a_stream_of_an_order_that_goes_on_does_not_wait_for_its_end()
    {
        var ordering = _gateway.Services.Ordering;
        (ordering.Changes, ordering.Ends) = (_ => [[FakeOrdering.Change(1, "pending")]], false);
        try
        {
            var member = _gateway.Tokens.Member();
            // More than a member may have open at once: each is over when it is answered.
            for (var i = 0; i < 25; i++)
                Assert.Equal(200, (int)(await _gateway.SendAsync(HttpMethod.Head, $"/api/v1/orders/{FakeOrdering.OrderId}/events", content: null, member)).Status);
        }
        finally
        {
            (ordering.Changes, ordering.Ends) = (_ => [[FakeOrdering.Change(2, "confirmed")]], true);
        }
    }

    private static bool Matches(string route, string path) =>
        route.Count(letter => letter == '/') == path.Count(letter => letter == '/') && route.Split('/').Zip(path.Split('/')).All(part => part.First == part.Second || part.First.StartsWith('{'));

    private static IEnumerable<string> Headers(Answer answer) => answer.Headers.Concat(answer.ContentHeaders)
        .Where(header => !NotCompared.Contains(header.Key)).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
}
