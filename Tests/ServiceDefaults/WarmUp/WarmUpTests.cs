using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.ServiceDefaults.Tests.WarmUp;

public sealed class WarmUpTests
{
    private readonly FakeLogCollector _log = FakeLogCollector.Create(new());

    [Fact]
    public async Task A_service_is_alive_while_it_warms_up_and_ready_afterwards()
    {
        var warm = new TaskCompletionSource();
        await using var service = await StartAsync(builder => builder.AddWarmUp("something", (_, cancel) => warm.Task.WaitAsync(cancel)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(service, "/health"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, "/alive"));

        warm.SetResult();
        await ReadyAsync(service);
    }

    [Fact]
    public async Task What_is_unavailable_at_first_is_waited_for()
    {
        var tries = 0;
        await using var service = await StartAsync(builder => builder.AddWarmUp("something", (_, _) =>
            ++tries < 4 ? throw new UnavailableException("not yet") : Task.CompletedTask));

        await ReadyAsync(service);

        Assert.Equal(4, tries);
        Assert.Empty(Warnings());
    }

    [Fact]
    public async Task A_step_that_fails_and_one_that_never_ends_are_logged_and_no_obstacle()
    {
        var others = 0;
        using var released = new ManualResetEventSlim();
        await using var service = await StartAsync(timeout: "00:00:00.300", build: builder =>
        {
            builder.AddWarmUp("what fails", (_, _) => throw new InvalidOperationException("broken"));
            // Ignores its token: the worst case.
            builder.AddWarmUp("what never ends", (_, _) => new TaskCompletionSource().Task);
            builder.AddWarmUp("what blocks a thread", (_, _) =>
            {
                released.Wait(TestContext.Current.CancellationToken);
                return Task.CompletedTask;
            });
            builder.AddWarmUp("what is unavailable", (_, _) => throw new UnavailableException("away"));
            builder.AddWarmUp("what works", (_, _) => Task.FromResult(++others));
        });

        await ReadyAsync(service);
        released.Set();

        Assert.Equal(1, others);
        Assert.Equal(
            ["what blocks a thread", "what fails", "what is unavailable", "what never ends"],
            Warnings().Select(line => line[(line.IndexOf('(') + 1)..line.IndexOf(')')]).Order());
    }

    [Fact]
    public async Task Connections_come_before_the_work_that_needs_them()
    {
        var order = new List<string>();
        await using var service = await StartAsync(builder =>
        {
            builder.AddWarmUp("work", (_, _) => Note("work"));
            builder.AddWarmConnection("connection", async (_, _) =>
            {
                await Task.Yield();
                await Note("connection");
            });
        });

        await ReadyAsync(service);
        Assert.Equal(["connection", "work"], order);

        Task Note(string what)
        {
            lock (order)
                order.Add(what);
            return Task.CompletedTask;
        }
    }

    private Task<RunningService> StartAsync(Action<WebApplicationBuilder> build, string timeout = "00:00:30") => RunningService.StartAsync(build, before: builder =>
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WarmUp:Enabled"] = "true", ["WarmUp:Timeout"] = timeout, ["WarmUp:Pause"] = "00:00:00.020",
        });
        builder.Logging.AddProvider(new FakeLoggerProvider(_log));
    });

    private IEnumerable<string> Warnings() => _log.GetSnapshot().Where(line => line.Level >= LogLevel.Warning && line.Message.StartsWith("Warm-up step", StringComparison.Ordinal)).Select(line => line.Message);

    private static Task ReadyAsync(RunningService service) =>
        Eventually.TrueAsync(async () => await StatusAsync(service, "/health") == HttpStatusCode.OK, "the service is ready");

    private static async Task<HttpStatusCode> StatusAsync(RunningService service, string path)
    {
        using var answer = await service.Http.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
