using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Shop.ServiceDefaults;

namespace Shop.GrpcClients.Tests.Calls;

public sealed class DeadlineTests
{
    [Fact]
    public async Task A_call_without_a_deadline_gets_the_upstreams_timeout()
    {
        await using var inner = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallingService.StartAsync(inner.GrpcAddress, upstream => upstream.Timeout = TimeSpan.FromSeconds(7));

        await caller.AskAsync();

        Assert.InRange(Left(inner), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task What_is_left_of_the_incoming_call_is_passed_on()
    {
        await using var inner = await RunningService.StartAsync(checksTokens: false);
        await using var outer = await OuterAsync(inner);

        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(4);
        await outer.Client().AskAsync(new(), deadline: deadline, cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(Left(inner), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4.1));
    }

    [Fact]
    public async Task The_upstreams_own_timeout_counts_where_it_is_shorter()
    {
        await using var inner = await RunningService.StartAsync(checksTokens: false);
        await using var outer = await OuterAsync(inner, timeout: TimeSpan.FromSeconds(3));

        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(60);
        await outer.Client().AskAsync(new(), deadline: deadline, cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(Left(inner), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_caller_that_cancels_ends_the_call_behind_the_call()
    {
        await using var inner = await RunningService.StartAsync(checksTokens: false);
        await using var outer = await OuterAsync(inner);
        var ended = new TaskCompletionSource();
        inner.Probe.Answer = async (_, context) =>
        {
            context.CancellationToken.Register(ended.SetResult);
            await ended.Task;
            return "";
        };
        using var gaveUp = new CancellationTokenSource();

        var call = outer.Client().AskAsync(new(), cancellationToken: gaveUp.Token).ResponseAsync;
        await Eventually.TrueAsync(() => !inner.Probe.Calls.IsEmpty, "the inner call has arrived");
        await gaveUp.CancelAsync();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
    }

    [Fact]
    public async Task A_browser_that_disconnects_ends_the_call_behind_its_request()
    {
        await using var inner = await RunningService.StartAsync(checksTokens: false);
        await using var outer = await OuterAsync(inner);
        var ended = new TaskCompletionSource();
        inner.Probe.Answer = async (_, context) =>
        {
            context.CancellationToken.Register(ended.SetResult);
            await ended.Task;
            return "";
        };
        using var gaveUp = new CancellationTokenSource();

        var request = outer.Http.GetAsync("/ask", gaveUp.Token);
        await Eventually.TrueAsync(() => !inner.Probe.Calls.IsEmpty, "the inner call has arrived");
        await gaveUp.CancelAsync();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    [Fact]
    public async Task Code_that_cancels_gets_the_exception_of_its_token()
    {
        await using var inner = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallingService.StartAsync(inner.GrpcAddress);
        inner.Probe.Answer = async (_, context) =>
        {
            await Unanswered.UntilAsync(context.CancellationToken);
            return "";
        };
        using var gaveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller.AskAsync(cancel: gaveUp.Token));

        Assert.Equal(gaveUp.Token, error.CancellationToken);
    }

    private static Task<RunningService> OuterAsync(RunningService inner, TimeSpan? timeout = null) => RunningService.StartAsync(
        builder => builder.AddGrpcClient<V1.ProbeService.ProbeServiceClient>("inner", upstream =>
        {
            upstream.Address = new Uri(inner.GrpcAddress);
            upstream.Anonymous = true;
            upstream.Timeout = timeout ?? TimeSpan.FromSeconds(30);
        }),
        app =>
        {
            var client = (V1.ProbeService.ProbeServiceClient)app.Services.GetService(typeof(V1.ProbeService.ProbeServiceClient))!;
            // Without its token, as intended.
            ((Probe)app.Services.GetService(typeof(Probe))!).Answer = async (_, _) => (await client.AskAsync(new(), cancellationToken: CancellationToken.None)).Text;
            app.MapGet("/ask", async () => (await client.AskAsync(new(), cancellationToken: CancellationToken.None)).Text);
        },
        checksTokens: false);

    private static TimeSpan Left(RunningService service) => service.Probe.Deadlines.Last() - TimeProvider.System.GetUtcNow().UtcDateTime;
}
