using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.PaymentProvider.Database;

namespace Shop.PaymentProvider.Webhooks;

/// <summary>
/// Delivers due webhooks, at least once. A claim moves the due time, so no transaction is open during the call, and the claims of a killed process become due again.
/// </summary>
internal sealed partial class WebhookSender(
    IServiceScopeFactory scopes, IHttpClientFactory clients, IOptions<ProviderOptions> options, TimeProvider clock, ILogger<WebhookSender> logger)
    : BackgroundService
{
    public const string Client = "webhooks";

    private const int Batch = 20;
    private const int MaxAttempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Webhooks.Url is not { } url)
            return;

        // A delay of 1 s, like that of real providers: the answer to the call arrives first, and deliveries share commits.
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SendDueAsync(url, stoppingToken) == Batch) { }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogRoundFailed(failure);
            }
        }
    }

    private async Task<int> SendDueAsync(Uri url, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProviderDb>();
        var now = clock.GetUtcNow();

        var due = await db.Webhooks.FromSql($"""
            update webhooks set due_at = {now + Claim}, attempts = attempts + 1
            where id in (select id from webhooks where due_at <= {now} order by due_at limit {Batch} for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(cancel);

        var errors = await Task.WhenAll(due.Select(webhook => SendAsync(url, webhook, cancel)));

        var delivered = due.Where((_, i) => errors[i] is null).Select(webhook => webhook.Id).ToList();
        if (delivered.Count > 0)
            await db.Webhooks.Where(webhook => delivered.Contains(webhook.Id)).ExecuteDeleteAsync(cancel);

        foreach (var (webhook, error) in due.Zip(errors).Where(pair => pair.Second is not null))
            await PostponeAsync(db, webhook, error!, cancel);

        return due.Count;
    }

    private async Task PostponeAsync(ProviderDb db, Webhook webhook, string error, CancellationToken cancel)
    {
        DateTimeOffset? next = webhook.Attempts < MaxAttempts ? clock.GetUtcNow() + Backoff(webhook.Attempts) : null;
        if (next is null)
            LogAbandoned(webhook.Id, webhook.Attempts, error);

        await db.Webhooks.Where(w => w.Id == webhook.Id).ExecuteUpdateAsync(
            set => set.SetProperty(w => w.DueAt, next).SetProperty(w => w.LastError, error), cancel);
    }

    private async Task<string?> SendAsync(Uri url, Webhook webhook, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(webhook.Body, null, "application/json") };
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(options.Value.WebhookSecret, clock.GetUtcNow(), webhook.Body));
            using var response = await clients.CreateClient(Client).SendAsync(request, cancel);
            return response.IsSuccessStatusCode ? null : $"answered {(int)response.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return failure.Message.Length <= 500 ? failure.Message : failure.Message[..500];
        }
    }

    // 1 s, 2 s, 4 s … with up to a quarter of jitter.
    private static TimeSpan Backoff(int attempts)
    {
        var seconds = Math.Min(Math.Pow(2, attempts - 1), LongestBackoff.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + Random.Shared.NextDouble() / 4));
    }

    [LoggerMessage(LogLevel.Warning, "A round of webhook deliveries failed; the next round retries")]
    private partial void LogRoundFailed(Exception failure);

    [LoggerMessage(LogLevel.Error, "Webhook {Id} is abandoned after {Attempts} attempts: {Error}")]
    private partial void LogAbandoned(Guid id, int attempts, string error);
}
