using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.ServiceDefaults.Tests.Telemetry;

public sealed class MetricTests
{
    [Fact]
    public async Task Redundant_instruments_are_not_collected()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1";
        builder.AddTelemetry();
        await using var app = builder.Build();
        _ = app.Services.GetRequiredService<MeterProvider>();
        using var meter = new Meter("Shop.Sample");

        Assert.True(meter.CreateHistogram<double>("db.client.operation.duration").Enabled);
        Assert.False(meter.CreateUpDownCounter<long>("db.client.operation.npgsql.executing").Enabled);
    }
}
