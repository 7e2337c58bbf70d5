using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Shop.ServiceDefaults.Tests.Telemetry;

[Collection(nameof(SpanTests))]
public sealed class SamplerTests
{
    private static readonly ActivitySource Source = new("Shop.Tests.Sampler");

    // Aspire says always_on to every process, and means: all.
    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("always_on", false)]
    [InlineData("parentbased_always_on", false)]
    [InlineData("always_off", false)]
    [InlineData("traceidratio", true)]
    public async Task Calls_that_nobody_asked_for_are_dropped_unless_the_environment_chose_otherwise(string? sampler, bool isKept)
    {
        await using var service = await RunningService.StartAsync(before: builder =>
        {
            builder.Configuration["OTEL_TRACES_SAMPLER"] = sampler;
            builder.Services.AddOpenTelemetry().WithTracing();
        });
        Activity.Current = null;

        using var call = Source.StartActivity("housekeeping", ActivityKind.Client);

        Assert.Equal(isKept, call?.Recorded ?? false);
    }

    [Theory]
    [InlineData("always_on", true)]
    [InlineData("always_off", false)]
    public async Task Work_is_kept_as_the_environment_says(string sampler, bool isKept)
    {
        await using var service = await RunningService.StartAsync(before: builder =>
        {
            builder.Configuration["OTEL_TRACES_SAMPLER"] = sampler;
            builder.Services.AddOpenTelemetry().WithTracing();
        });
        Activity.Current = null;

        using var work = Source.StartActivity("saga step");

        Assert.Equal(isKept, work?.Recorded ?? false);
    }
}
