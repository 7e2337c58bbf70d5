using System.Diagnostics;
using Microsoft.Extensions.Options;
using MimeKit;
using Shop.Notifications.Texts;
using Shop.Persistence.Workers;

namespace Shop.Notifications.Mails;

/// <summary>
/// Sends what is due, each mail at least once. It is marked as sent after the server has accepted it: a crash in between sends it again, with the same <c>Message-Id</c>.
/// </summary>
internal sealed partial class DeliverMails(IServiceScopeFactory scopes, IMailServer server, IOptions<MailOptions> options, TimeProvider clock, ILogger<DeliverMails> logger)
{
    private const int LongestAnswer = 1_000;

    private volatile bool _isRefused;

    /// <summary>The server has refused us, and has accepted no mail since.</summary>
    public bool IsRefused => _isRefused;

    /// <exception cref="Exception">There is no connection, or no database. What was not tried is released.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<MailOutbox>();
        if (await outbox.FailOverdueAsync(cancel) is > 0 and var overdue)
            LogOverdue(overdue);

        await using var session = new Session();
        while (await outbox.LeaseAsync(cancel) is { Count: > 0 } leased)
            await SendAsync(outbox, leased, session, cancel);
    }

    private async Task SendAsync(MailOutbox outbox, IReadOnlyList<Mail> leased, Session session, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        var left = new Queue<Mail>(leased);
        try
        {
            // A mail that could take longer than the lease is released.
            while (left.TryPeek(out var mail) && clock.GetElapsedTime(begun) + (2 * options.Value.Timeout) < options.Value.Lease)
            {
                session.Connection ??= await WithinAsync(server.ConnectAsync, cancel);
                var answer = await TrySendAsync(mail, session.Connection, cancel);
                if (answer is null)
                    await session.DisposeAsync();
                await RecordAsync(outbox, mail, answer ?? new(MailVerdict.Postponed, "The connection has broken, or there was no answer in time."), cancel);
                left.Dequeue();
            }
        }
        finally
        {
            if (left.Count > 0)
                await ReleaseAsync(outbox, left);
        }
    }

    /// <returns>Null: there was no answer, and the connection cannot be used any more.</returns>
    private async Task<MailAnswer?> TrySendAsync(Mail mail, IMailConnection connection, CancellationToken cancel)
    {
        ActivityContext.TryParse(mail.TraceParent, null, isRemote: true, out var parent);
        using var span = MailTelemetry.Source.StartActivity("send mail", ActivityKind.Client, parent, [new("messaging.message.id", mail.MessageId)]);
        MailAnswer? answer;
        try
        {
            var message = mail.ToMessage(options.Value);
            answer = await WithinAsync(token => connection.SendAsync(message, token), cancel);
        }
        catch (Exception failure) when (failure is ParseException or NotSupportedException)
        {
            // No address, or one with letters that this server does not support.
            answer = new(MailVerdict.Refused, failure.Message);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            LogBroken(mail.Id, mail.Attempts, failure.GetType().Name);
            answer = null;
        }

        MailTelemetry.Attempts.Add(1, new KeyValuePair<string, object?>("outcome", answer?.Verdict.ToString().ToLowerInvariant() ?? "broken"));
        if (answer?.Verdict is not MailVerdict.Accepted)
            span?.SetStatus(ActivityStatusCode.Error);
        return answer;
    }

    private Task RecordAsync(MailOutbox outbox, Mail mail, MailAnswer answer, CancellationToken cancel)
    {
        var text = Text.Line(answer.Text, LongestAnswer);
        switch (answer.Verdict)
        {
            case MailVerdict.Accepted:
                _isRefused = false;
                return outbox.SentAsync(mail, text, cancel);
            case MailVerdict.Refused:
                LogRefused(mail.Id, answer.Code);
                return outbox.FailAsync(mail, text, cancel);
            case MailVerdict.Forbidden:
                _isRefused = true;
                LogForbidden(mail.Id, answer.Code);
                return RetryAsync();
            default:
                return RetryAsync();
        }

        Task RetryAsync() => outbox.RetryAsync(mail, Backoff.Delay(mail.Attempts, options.Value.FirstRetry, options.Value.LongestRetry), text, cancel);
    }

    /// <summary>Also during the stop, and when the database is the reason: then their leases expire.</summary>
    private async Task ReleaseAsync(MailOutbox outbox, Queue<Mail> left)
    {
        try
        {
            await outbox.ReleaseAsync(left, CancellationToken.None);
        }
        catch (Exception failure)
        {
            LogNotReleased(left.Count, failure.Message);
        }
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        return await work(either.Token);
    }

    /// <summary>The connection of a round, opened for its first mail and again after a failure.</summary>
    private sealed class Session : IAsyncDisposable
    {
        public IMailConnection? Connection { get; set; }

        public async ValueTask DisposeAsync()
        {
            if (Connection is { } open)
            {
                Connection = null;
                await open.DisposeAsync();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Mail {Id} was refused permanently, reply code {Code}; the server's answer is in its row")]
    private partial void LogRefused(Guid id, int code);

    [LoggerMessage(LogLevel.Warning, "Mail {Id} is tried again: the server refuses the shop's sender, authentication or mails in general, reply code {Code}; its answer is in the mail's row")]
    private partial void LogForbidden(Guid id, int code);

    [LoggerMessage(LogLevel.Information, "Mail {Id}, attempt {Attempt}: no answer ({Failure})")]
    private partial void LogBroken(Guid id, int attempt, string failure);

    [LoggerMessage(LogLevel.Warning, "{Count} mails have failed: their deadline has passed")]
    private partial void LogOverdue(int count);

    [LoggerMessage(LogLevel.Warning, "{Count} mails could not be released; they are due when their leases end: {Reason}")]
    private partial void LogNotReleased(int count, string reason);
}
