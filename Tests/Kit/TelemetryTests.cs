using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Instrumentation.Http;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Shop.Kit.Tests;

public sealed class TelemetryTests
{
    private static readonly CancellationToken s_ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_span_names_route_and_status()
    {
        await using var shop = await Running.StartAsync();

        var span = await shop.GetAsync("/items/7?secret=1", ActivityKind.Server);

        Assert.Equal("GET /items/{id}", span.DisplayName);
        Assert.Equal("/items/{id}", span.GetTagItem("http.route"));
        Assert.Equal("GET", span.GetTagItem("http.request.method"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.Equal("/items/7", span.GetTagItem("url.path"));
        Assert.Equal("?secret=Redacted", span.GetTagItem("url.query"));
        Assert.Equal("http", span.GetTagItem("url.scheme"));
        Assert.Equal("1.1", span.GetTagItem("network.protocol.version"));
        Assert.Equal("127.0.0.1", span.GetTagItem("server.address"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task An_exception_makes_the_span_an_error_and_is_recorded()
    {
        await using var shop = await Running.StartAsync(server: o => o.RecordException = true);

        var span = await shop.GetAsync("/broken", ActivityKind.Server);

        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.Equal(500, span.GetTagItem("http.response.status_code"));
        Assert.Contains(span.Events, e => e.Name == "exception");
    }

    [Fact]
    public async Task An_unknown_address_is_no_error_of_the_server()
    {
        await using var shop = await Running.StartAsync();

        var span = await shop.GetAsync("/nowhere", ActivityKind.Server);

        Assert.Equal("GET", span.DisplayName);
        Assert.Equal(404, span.GetTagItem("http.response.status_code"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task A_filtered_request_leaves_no_span_and_the_next_one_is_enriched()
    {
        await using var shop = await Running.StartAsync(server: options =>
        {
            options.Filter = context => context.Request.Path != "/items/1";
            options.EnrichWithHttpRequest = (span, request) => span.SetTag("mine", request.Method);
            options.EnrichWithHttpResponse = (_, _) => throw new InvalidOperationException("enrichment must not break the request");
        });

        await shop.Client.GetAsync("/items/1", s_ct);
        var span = await shop.GetAsync("/items/2", ActivityKind.Server);

        Assert.Equal("GET", span.GetTagItem("mine"));
        Assert.Single(shop.Spans, s => s.Kind == ActivityKind.Server);
    }

    [Fact]
    public async Task A_client_span_describes_the_call_and_the_server_continues_its_trace()
    {
        await using var shop = await Running.StartAsync(client: o => o.EnrichWithHttpResponseMessage = (span, r) => span.SetTag("mine", (int)r.StatusCode));
        Baggage.SetBaggage("tenant", "t1");

        var span = await shop.GetAsync("/baggage", ActivityKind.Client);
        var server = await shop.SpanAsync(ActivityKind.Server);

        Assert.Equal("GET", span.DisplayName);
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.Equal(200, span.GetTagItem("mine"));
        Assert.Equal(span.SpanId, server.ParentSpanId);
        Assert.Equal("t1", server.GetTagItem("baggage"));
    }

    [Fact]
    public async Task A_refused_connection_is_an_error_of_the_client()
    {
        await using var shop = await Running.StartAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => shop.Client.GetAsync("http://127.0.0.1:1/", s_ct));
        var span = await shop.SpanAsync(ActivityKind.Client);

        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("connection_error", span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task Metrics_of_server_client_and_runtime_are_collected()
    {
        await using var shop = await Running.StartAsync();
        await shop.Client.GetAsync("/items/7", s_ct);

        shop.App.Services.GetRequiredService<MeterProvider>().ForceFlush();

        Assert.Contains("http.server.request.duration", shop.Metrics);
        Assert.Contains("http.client.request.duration", shop.Metrics);
        Assert.Contains("dotnet.gc.collections", shop.Metrics);
    }

    /// <summary>A small web application on a real port, and a client of it, in one traced process.</summary>
    private sealed class Running(WebApplication app, ConcurrentQueue<Activity> spans, ConcurrentDictionary<string, bool> metrics) : IAsyncDisposable
    {
        public WebApplication App => app;

        public IEnumerable<Activity> Spans => spans;

        public ICollection<string> Metrics => metrics.Keys;

        public HttpClient Client { get; } = new()
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };

        public static async Task<Running> StartAsync(
            Action<AspNetCoreTraceInstrumentationOptions>? server = null, Action<HttpClientTraceInstrumentationOptions>? client = null)
        {
            var spans = new ConcurrentQueue<Activity>();
            var metrics = new ConcurrentDictionary<string, bool>();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.Services.AddOpenTelemetry()
                .WithTracing(tracing => tracing
                    .AddAspNetCoreInstrumentation(server)
                    .AddHttpClientInstrumentation(client)
                    .AddProcessor(new SimpleActivityExportProcessor(new Exporter(spans))))
                .WithMetrics(meters => meters
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddReader(new BaseExportingMetricReader(new MetricNames(metrics))));

            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapGet("/items/{id}", (int id) => id);
            app.MapGet("/baggage", () => { Activity.Current?.SetTag("baggage", Baggage.GetBaggage("tenant")); });
            app.MapGet("/broken", string () => throw new InvalidOperationException());
            await app.StartAsync(s_ct);
            return new Running(app, spans, metrics);
        }

        public async Task<Activity> GetAsync(string path, ActivityKind kind)
        {
            await Client.GetAsync(path, s_ct);
            return await SpanAsync(kind);
        }

        /// <summary>A server's span ends after the client has its answer.</summary>
        public async Task<Activity> SpanAsync(ActivityKind kind)
        {
            var deadline = new Deadline(TimeSpan.FromSeconds(10));
            while (!deadline.HasPassed)
            {
                // Tests run side by side in this process, and every provider sees every span of it.
                if (spans.FirstOrDefault(s => s.Kind == kind && Mine(s)) is { } span)
                {
                    return span;
                }

                await Task.Yield();
            }

            throw new TimeoutException($"No span of kind {kind}.");
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await app.DisposeAsync();
        }

        private bool Mine(Activity span) =>
            (span.GetTagItem("server.port") as int?) is null or 1 || (int?)span.GetTagItem("server.port") == Client.BaseAddress!.Port;
    }

    private sealed class Exporter(ConcurrentQueue<Activity> spans) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                spans.Enqueue(span);
            }

            return ExportResult.Success;
        }
    }

    private sealed class MetricNames(ConcurrentDictionary<string, bool> names) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                names[metric.Name] = true;
            }

            return ExportResult.Success;
        }
    }
}
