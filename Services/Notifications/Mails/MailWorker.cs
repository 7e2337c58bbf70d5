using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Notifications.Mails;

/// <summary>Sends due mails in every replica. While the server is unavailable no mail's own pause grows: all go out soon after its return.</summary>
internal sealed partial class MailWorker(DeliverMails deliver, DatabaseReadiness database, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailWorker> logger)
    : RecurringWorker(database, clock), IHealthCheck
{
    public const string HealthCheck = "mail";

    private volatile int _failures;

    protected override async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await deliver.RunAsync(stopping);
        _failures = 0;
        return options.Value.Interval;
    }

    /// <summary>Any failure is retried: no other code sends these mails.</summary>
    protected override TimeSpan OnFailure(Exception failure)
    {
        var pause = Backoff.Delay(++_failures, options.Value.FirstRetry, options.Value.LongestOutageRetry);
        LogFailed(failure.Message, pause.TotalSeconds);
        return pause;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((_failures > 0, deliver.IsRefused) switch
        {
            (true, _) => new(context.Registration.FailureStatus, "Mails cannot be sent: the last attempts have failed."),
            (_, true) => new(context.Registration.FailureStatus, "The mail server refuses the shop, not single mails: see the answers of waiting mails."),
            _ => HealthCheckResult.Healthy(),
        });

    [LoggerMessage(LogLevel.Warning, "Mails cannot be sent, next attempt in {Seconds:0.0} s: {Reason}")]
    private partial void LogFailed(string reason, double seconds);
}
