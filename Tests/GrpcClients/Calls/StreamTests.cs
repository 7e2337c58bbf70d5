using Grpc.Core;
using Shop.ServiceDefaults;

namespace Shop.GrpcClients.Tests.Calls;

public sealed class StreamTests
{
    [Fact]
    public async Task A_stream_is_read_to_its_end()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallingService.StartAsync(service.GrpcAddress);

        using var call = caller.Client.Watch(new() { Text = "first" }, cancellationToken: TestContext.Current.CancellationToken);
        var read = new List<string>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            read.Add(answer.Text);

        Assert.Equal(["first", "end"], read);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_stream_has_the_time_of_streams()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallingService.StartAsync(service.GrpcAddress, upstream =>
        {
            upstream.Timeout = TimeSpan.FromSeconds(1);
            upstream.StreamTimeout = TimeSpan.FromMinutes(5);
        });

        using var call = caller.Client.Watch(new(), cancellationToken: TestContext.Current.CancellationToken);
        await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);

        Assert.True(service.Probe.Deadlines.Last() - TimeProvider.System.GetUtcNow().UtcDateTime > TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task A_stream_that_is_disposed_ends_at_the_server()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallingService.StartAsync(service.GrpcAddress);
        var ended = new TaskCompletionSource();
        service.Probe.Answer = async (_, context) =>
        {
            context.CancellationToken.Register(ended.SetResult);
            await ended.Task;
            return "";
        };

        var call = caller.Client.Watch(new(), cancellationToken: TestContext.Current.CancellationToken);
        var reading = call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => !service.Probe.Calls.IsEmpty, "the call has arrived");
        call.Dispose();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<Exception>(() => reading);
    }

    [Fact]
    public async Task A_blocking_call_is_refused()
    {
        await using var caller = await CallingService.StartAsync("http://127.0.0.1:1");

        Assert.Throws<NotSupportedException>(() => caller.Client.Ask(new(), cancellationToken: TestContext.Current.CancellationToken));
    }
}
