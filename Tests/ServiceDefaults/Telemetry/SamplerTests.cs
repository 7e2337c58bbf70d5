using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.ServiceDefaults.Tests.Telemetry;

[Collection(nameof(ExportTests))]
public sealed class SamplerTests
{
    private static readonly ActivitySource Source = new("Shop.Tests.Sampler");

    // Aspire sets always_on for every process.
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

    [Fact]
    public async Task Everything_is_traced_at_the_pace_of_people_and_some_of_it_under_load()
    {
        await using var service = await StartAsync(perSecond: 1, atOnce: 30);
        var begun = Stopwatch.GetTimestamp();

        var kept = Enumerable.Range(0, 2_000).Select(_ => IsKept("work", ActivityKind.Server)).ToList();

        Assert.All(kept.Take(30), Assert.True);
        // The tolerance is a second at either end.
        Assert.InRange(kept.Count(isKept => isKept), 30, 32 + (int)Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    [Fact]
    public async Task Reading_takes_no_trace_from_an_order()
    {
        await using var service = await RunningService.StartAsync(
            map: app =>
            {
                app.MapGet("/page", () => Activity.Current?.Recorded).AllowAnonymous();
                app.MapPost("/order", () => Activity.Current?.Recorded).AllowAnonymous();
            },
            checksTokens: false,
            before: builder => Configure(builder, perSecond: 1, atOnce: 5));

        var pages = 0;
        while (await service.Http.GetStringAsync("/page", TestContext.Current.CancellationToken) == "true")
            Assert.InRange(++pages, 0, 1_000);
        using var order = await service.Http.PostAsync("/order", null, TestContext.Current.CancellationToken);

        Assert.InRange(pages, 5, 1_000);
        Assert.Equal("true", await order.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_belongs_to_a_kept_trace_is_kept_and_what_belongs_to_none_is_not()
    {
        await using var service = await StartAsync(perSecond: 1, atOnce: 1);

        Activity.Current = null;
        using var kept = Source.StartActivity("kept", ActivityKind.Server);
        for (var i = 0; i < 50; i++)
        {
            using var child = Source.StartActivity("child", ActivityKind.Client);
            Assert.True(child?.Recorded);
        }

        ActivityContext lost;
        do
        {
            Activity.Current = null;
            using var root = Source.StartActivity("lost", ActivityKind.Server);
            // It has an id nevertheless, for logs, error responses and upstreams.
            Assert.NotNull(root);
            lost = root.Recorded ? default : root.Context;
        } while (lost == default);

        Activity.Current = null;
        using var elsewhere = Source.StartActivity("called", ActivityKind.Server, lost);
        Assert.False(elsewhere?.Recorded ?? false);
    }

    private static Task<RunningService> StartAsync(int perSecond, int atOnce) => RunningService.StartAsync(before: builder => Configure(builder, perSecond, atOnce));

    private static void Configure(WebApplicationBuilder builder, int perSecond, int atOnce)
    {
        builder.Configuration["Tracing:PerSecond"] = $"{perSecond}";
        builder.Configuration["Tracing:AtOnce"] = $"{atOnce}";
        builder.Services.AddOpenTelemetry().WithTracing();
    }

    private static bool IsKept(string name, ActivityKind kind)
    {
        Activity.Current = null;
        using var span = Source.StartActivity(name, kind);
        return span?.Recorded ?? false;
    }
}
