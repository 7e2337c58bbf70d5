using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Shop.Kit.Tests;

public sealed class HttpResilienceTests
{
    private static readonly CancellationToken s_ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transient_failure_is_tried_again()
    {
        var server = new Recorder((n, _) => Answer(n < 3 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK));

        var response = await Client(server).GetAsync("http://x", s_ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, server.Addresses.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, 1)]
    [InlineData(HttpStatusCode.BadRequest, 1)]
    [InlineData(HttpStatusCode.RequestTimeout, 4)]
    [InlineData(HttpStatusCode.TooManyRequests, 4)]
    [InlineData(HttpStatusCode.InternalServerError, 4)]
    public async Task Only_transient_answers_are_tried_again_and_the_last_one_is_returned(HttpStatusCode status, int attempts)
    {
        var server = new Recorder((_, _) => Answer(status));

        var response = await Client(server).GetAsync("http://x", s_ct);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(attempts, server.Addresses.Count);
    }

    [Fact]
    public async Task A_failed_connection_is_tried_again_and_its_exception_comes_through()
    {
        var server = new Recorder((_, _) => throw new HttpRequestException("refused"));

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => Client(server).GetAsync("http://x", s_ct));

        Assert.Equal("refused", error.Message);
        Assert.Equal(4, server.Addresses.Count);
    }

    [Fact]
    public async Task The_server_says_how_long_to_wait()
    {
        var delays = new List<TimeSpan>();
        var server = new Recorder((n, _) =>
        {
            var response = new HttpResponseMessage(n == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
            response.Headers.RetryAfter = new(TimeSpan.Zero);
            return Task.FromResult(response);
        });
        var client = Client(server, options =>
        {
            options.Retry.Delay = TimeSpan.FromMinutes(10);
            options.Retry.OnRetry = args =>
            {
                delays.Add(args.RetryDelay);
                return default;
            };
        });

        await client.GetAsync("http://x", s_ct);

        Assert.Equal([TimeSpan.Zero], delays);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_given_up_and_tried_again()
    {
        var server = new Recorder(async (n, ct) =>
        {
            if (n == 1)
            {
                await Task.Delay(Timeout.Infinite, ct);
            }

            return new HttpResponseMessage(HttpStatusCode.OK);
        });

        var response = await Client(server, o => o.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(50)).GetAsync("http://x", s_ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, server.Addresses.Count);
    }

    [Fact]
    public async Task The_whole_request_has_a_timeout_too()
    {
        var server = new Recorder(async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return new HttpResponseMessage();
        });
        var client = Client(server, options =>
        {
            options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(100);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromMilliseconds(100);
            options.Retry.Delay = TimeSpan.FromMinutes(10);
        });

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => client.GetAsync("http://x", s_ct));
    }

    [Fact]
    public async Task The_breaker_opens_per_authority_and_then_nothing_is_sent()
    {
        var server = new Recorder((_, _) => Answer(HttpStatusCode.InternalServerError));
        var client = Client(server, options =>
        {
            options.CircuitBreaker.MinimumThroughput = 4;
            options.CircuitBreaker.FailureRatio = 0.5;
        }, byAuthority: true);
        await client.GetAsync("http://broken", s_ct);
        var sent = server.Addresses.Count;

        await Assert.ThrowsAsync<BrokenCircuitException>(() => client.GetAsync("http://broken", s_ct));
        Assert.Equal(sent, server.Addresses.Count);
        Assert.Equal(HttpStatusCode.InternalServerError, (await client.GetAsync("http://other", s_ct)).StatusCode);
    }

    [Fact]
    public async Task More_requests_at_a_time_than_allowed_are_rejected()
    {
        var release = new TaskCompletionSource();
        var server = new Recorder(async (_, _) =>
        {
            await release.Task;
            return new HttpResponseMessage(HttpStatusCode.OK);
        });
        var client = Client(server, o => o.RateLimiter.DefaultRateLimiterOptions = new() { PermitLimit = 1 });
        var first = client.GetAsync("http://x", s_ct);

        await Assert.ThrowsAsync<RateLimiterRejectedException>(() => client.GetAsync("http://x", s_ct));
        release.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

#pragma warning disable EXTEXP0001 // Experimental API of the package.
    [Fact]
    public async Task Unsafe_methods_can_be_left_out_of_retries()
    {
        var server = new Recorder((_, _) => Answer(HttpStatusCode.ServiceUnavailable));
        var client = Client(server, o => o.Retry.DisableForUnsafeHttpMethods());

        await client.PostAsync("http://x", null, s_ct);
        Assert.Single(server.Addresses);
        await client.GetAsync("http://x", s_ct);
        Assert.Equal(1 + 4, server.Addresses.Count);
    }

    [Fact]
    public async Task One_client_can_do_without_what_all_have()
    {
        var server = new Recorder((_, _) => Answer(HttpStatusCode.ServiceUnavailable));
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        services.AddHttpClient("c").RemoveAllResilienceHandlers().ConfigurePrimaryHttpMessageHandler(() => server);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IHttpClientFactory>().CreateClient("c").GetAsync("http://x", s_ct);

        Assert.Single(server.Addresses);
    }
#pragma warning restore EXTEXP0001

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Client(new Recorder(), o => o.AttemptTimeout.Timeout = TimeSpan.FromMinutes(2)));

        Assert.Equal(2, error.Failures.Count());
    }

    [Fact]
    public async Task A_pipeline_of_ones_own_takes_the_place_of_the_standard_one()
    {
        var server = new Recorder((_, _) => Answer(HttpStatusCode.ServiceUnavailable));
        var services = new ServiceCollection();
        services.AddHttpClient("c").ConfigurePrimaryHttpMessageHandler(() => server)
            .AddResilienceHandler("own", pipeline => pipeline.AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.Zero }));
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IHttpClientFactory>().CreateClient("c").GetAsync("http://x", s_ct);

        Assert.Equal(2, server.Addresses.Count);
    }

    private static Task<HttpResponseMessage> Answer(HttpStatusCode status) => Task.FromResult(new HttpResponseMessage(status));

    private static HttpClient Client(Recorder server, Action<HttpStandardResilienceOptions>? configure = null, bool byAuthority = false)
    {
        var services = new ServiceCollection();
        var resilience = services.AddHttpClient("c").ConfigurePrimaryHttpMessageHandler(() => server)
            .AddStandardResilienceHandler(options =>
            {
                options.Retry.Delay = TimeSpan.FromMilliseconds(1);
                options.Retry.BackoffType = DelayBackoffType.Constant;
                configure?.Invoke(options);
            });
        if (byAuthority)
        {
            resilience.SelectPipelineByAuthority();
        }

        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("c");
    }
}
