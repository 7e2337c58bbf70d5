using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Client = Shop.ServiceDefaults.Tests.V1.ProbeService.ProbeServiceClient;

namespace Shop.GrpcClients.Tests.Calls;

public sealed class BreakerLogTests
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly FakeLogCollector _log = FakeLogCollector.Create(new());

    [Fact]
    public async Task Whoever_reads_the_log_sees_it_open_and_close_and_no_attempt_in_between()
    {
        await using var upstream = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await RunningService.StartAsync(builder => Configure(builder, upstream.GrpcAddress), checksTokens: false);
        var client = caller.Services.GetRequiredService<Client>();
        upstream.Probe.Answer = (_, _) => throw new UnavailableException("away");
        for (var call = 0; call < 5; call++)
            await Assert.ThrowsAsync<RpcException>(async () => await client.AskAsync(new(), cancellationToken: TestContext.Current.CancellationToken));

        upstream.Probe.Answer = (_, _) => Task.FromResult("back");
        _clock.Advance(TimeSpan.FromSeconds(5.1));
        await client.AskAsync(new(), cancellationToken: TestContext.Current.CancellationToken);

        var told = _log.GetSnapshot().Where(record => record.Category == "Polly").ToList();
        Assert.Equal(["OnCircuitOpened", "OnCircuitHalfOpened", "OnCircuitClosed"], told.Select(record => record.GetStructuredStateValue("EventName")));
        Assert.All(told, record => Assert.Equal((LogLevel.Warning, "upstream"), (record.Level, record.GetStructuredStateValue("PipelineName"))));
    }

    private void Configure(WebApplicationBuilder builder, string address)
    {
        builder.Logging.AddProvider(new FakeLoggerProvider(_log));
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.AddGrpcClient<Client>("upstream", upstream =>
        {
            upstream.Address = new Uri(address);
            upstream.Anonymous = true;
            upstream.Timeout = TimeSpan.FromSeconds(20);
            upstream.MinimumThroughput = 4;
            upstream.BreakDuration = TimeSpan.FromSeconds(5);
        });
    }
}
