using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Tests.Telemetry;

/// <summary>Activity sources are process-wide: spans of concurrent tests would be collected here.</summary>
[Collection(nameof(SpanTests))]
[CollectionDefinition(nameof(SpanTests), DisableParallelization = true)]
public sealed class SpanTests
{
    private readonly ConcurrentQueue<Activity> _spans = [];

    [Fact]
    public async Task One_trace_goes_from_the_request_through_the_upstream()
    {
        await using var inner = await RunningService.StartAsync(checksTokens: false);
        await using var outer = await TracedAsync(inner);

        await outer.Http.GetAsync("/ask", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Mine("GET /ask").Any(), "the request's span has ended");

        var request = Mine("GET /ask").Single();
        var trace = _spans.Where(span => span.TraceId == request.TraceId).ToList();
        var client = trace.Single(span => span.Kind == ActivityKind.Client);
        var server = trace.Single(span => span.Kind == ActivityKind.Server && span != request);
        Assert.Equal("shop.tests.v1.ProbeService/Ask", client.DisplayName);
        Assert.Equal("shop.tests.v1.ProbeService/Ask", server.DisplayName);
        Assert.Equal(request.SpanId, client.ParentSpanId);
        Assert.Equal(client.SpanId, server.ParentSpanId);
        Assert.All([client, server], span =>
        {
            Assert.Equal("grpc", span.GetTagItem("rpc.system.name"));
            Assert.Equal("shop.tests.v1.ProbeService/Ask", span.GetTagItem("rpc.method"));
            Assert.Equal("OK", span.GetTagItem("rpc.response.status_code"));
            Assert.Null(span.GetTagItem("grpc.method"));
        });
        Assert.Equal(3, trace.Count);
    }

    [Theory]
    [InlineData(false, ActivityStatusCode.Error, ActivityStatusCode.Unset)]
    [InlineData(true, ActivityStatusCode.Error, ActivityStatusCode.Error)]
    public async Task A_server_is_in_error_only_where_it_is_to_blame(bool isBug, ActivityStatusCode client, ActivityStatusCode server)
    {
        await using var inner = await RunningService.StartAsync(checksTokens: false);
        await using var outer = await TracedAsync(inner);
        inner.Probe.Answer = (_, _) => throw (isBug ? new InvalidOperationException("bug") : new RefusedException("out_of_stock", "no"));

        await outer.Http.GetAsync("/ask", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Mine("shop.tests.v1.ProbeService/Ask").Count() == 2, "both sides have ended");

        Assert.Equal(client, Mine("shop.tests.v1.ProbeService/Ask").Single(span => span.Kind == ActivityKind.Client).Status);
        Assert.Equal(server, Mine("shop.tests.v1.ProbeService/Ask").Single(span => span.Kind == ActivityKind.Server).Status);
    }

    [Fact]
    public async Task Probes_and_housekeeping_leave_no_traces()
    {
        await using var inner = await RunningService.StartAsync(checksTokens: false);
        await using var outer = await TracedAsync(inner);
        var client = outer.Services.GetRequiredService<V1.ProbeService.ProbeServiceClient>();

        await outer.Http.GetAsync("/health", TestContext.Current.CancellationToken);
        await outer.Http.GetAsync("/alive", TestContext.Current.CancellationToken);
        // This call is made outside any request.
        Activity.Current = null;
        await client.AskAsync(new() { Text = "housekeeping" }, cancellationToken: TestContext.Current.CancellationToken);
        await outer.Http.GetAsync("/ask", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Mine("GET /ask").Any(), "the request's span has ended");

        Assert.All(_spans, span => Assert.Equal(Mine("GET /ask").Single().TraceId, span.TraceId));
    }

    private IEnumerable<Activity> Mine(string name) => _spans.Where(span => span.DisplayName == name);

    /// <summary>Collects the spans of both services. Two collectors in one process would each set a server span's attributes, and the second a wrong name.</summary>
    private Task<RunningService> TracedAsync(RunningService inner) => RunningService.StartAsync(
        builder =>
        {
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddProcessor(new Collector(_spans)));
            builder.AddGrpcClient<V1.ProbeService.ProbeServiceClient>("inner", upstream =>
            {
                upstream.Address = new Uri(inner.GrpcAddress);
                upstream.Anonymous = true;
            });
        },
        app => app.MapGet("/ask", async (V1.ProbeService.ProbeServiceClient client) => (await client.AskAsync(new())).Text),
        checksTokens: false);

    /// <summary>The last processor, so it sees what an exporter would.</summary>
    private sealed class Collector(ConcurrentQueue<Activity> spans) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            if (data.Recorded)
                spans.Enqueue(data);
        }
    }
}
