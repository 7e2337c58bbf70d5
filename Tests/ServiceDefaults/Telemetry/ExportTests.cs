using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shop.ServiceDefaults.Tests.Telemetry;

/// <summary>Not parallel: spans of other tests in the same process would be exported as well.</summary>
[Collection(nameof(ExportTests))]
[CollectionDefinition(nameof(ExportTests), DisableParallelization = true)]
public sealed class ExportTests
{
    private readonly ConcurrentQueue<string> _exports = [];

    [Fact]
    public async Task Traces_metrics_and_logs_have_left_when_the_process_ends()
    {
        var port = RunningService.FreePort();
        await using var collector = await CollectorAsync(port);
        await using var service = await RunningService.StartAsync(
            before: builder => builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}");

        service.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Test").LogInformation("Something happened");
        await service.Http.GetAsync("/nowhere", TestContext.Current.CancellationToken);
        await service.StopAsync();

        // Stopped at once, without waiting for an export interval.
        Assert.Equal(["LogsService", "MetricsService", "TraceService"], _exports.Distinct().Order());
    }

    [Fact]
    public async Task A_collector_that_is_unavailable_does_not_delay_the_stop()
    {
        await using var service = await RunningService.StartAsync(before: builder => builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9");
        await service.Http.GetAsync("/nowhere", TestContext.Current.CancellationToken);

        var started = TimeProvider.System.GetTimestamp();
        await service.StopAsync();
        await service.DisposeAsync();

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    private async Task<WebApplication> CollectorAsync(int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapPost("/{**path}", (string path, HttpContext context) =>
        {
            _exports.Enqueue(path.Split('/')[0].Split('.')[^1]);
            context.Response.ContentType = "application/grpc";
            context.Response.AppendTrailer("grpc-status", "0");
            return Results.Empty;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
