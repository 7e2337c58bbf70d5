using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Messaging.Kafka;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Consumers;

public sealed class StopTests(Servers servers)
{
    /// <summary>librdkafka would free the memory of a client while the polling thread is inside it: a segmentation fault, which ends this process.</summary>
    [Fact]
    public async Task A_stop_that_takes_longer_than_the_host_waits_frees_no_client_that_is_in_use()
    {
        await using var broker = await servers.BrokerAsync();
        var handling = new Handling();
        var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
            messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, EndlessHandler>(),
            services => services.AddSingleton(handling).Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100)));
        await replica.DoAsync(db => db.AddAccountsAsync("a"));
        await replica.DepositAsync("a");
        await handling.Begun.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        await replica.StopAsync();
        var disposed = Task.Run(async () => await replica.DisposeAsync());

        // The handler decides when it ends.
        await Assert.ThrowsAsync<TimeoutException>(() => disposed.WaitAsync(TimeSpan.FromSeconds(2)));
        handling.MayEnd.SetResult();
        await disposed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_client_is_kept_until_its_last_user_has_left_and_has_no_user_afterwards()
    {
        var (use, asked) = (new ClientUse(), 0);
        var (one, other) = (use.Enter(() => asked++), use.Enter());
        var disposed = use.DisposeAsync().AsTask();

        one.Dispose();
        Assert.False(disposed.IsCompleted);
        other.Dispose();
        await disposed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Throws<OperationCanceledException>(() => use.Enter(() => asked += 10));
        // Each was asked to leave once.
        Assert.Equal(11, asked);
    }

    internal sealed class Handling
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Does not listen to its cancellation.</summary>
    internal sealed class EndlessHandler(Handling handling) : IHandle<Deposited>
    {
        public Task HandleAsync(Deposited @event, EventContext context, CancellationToken cancel)
        {
            handling.Begun.TrySetResult();
            return handling.MayEnd.Task;
        }
    }
}
