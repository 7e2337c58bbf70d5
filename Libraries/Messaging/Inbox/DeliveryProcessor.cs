using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Messaging.DeadLetters;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;
using Shop.Messaging.Telemetry;
using Shop.Persistence;
using Shop.Persistence.Schema;
using Shop.Persistence.Workers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Messaging.Inbox;

/// <summary>
/// Applies deliveries: inbox marks and the handlers' changes in one transaction. After a crash the events are delivered again: if it came before the commit, they are
/// applied then; if after it, the inbox drops them.
/// </summary>
internal sealed partial class DeliveryProcessor : IDisposable
{
    private readonly IServiceScopeFactory _scopes;
    private readonly ServiceDatabase _service;
    private readonly DeadLetterStore _deadLetters;
    private readonly DatabaseSpace _space;
    private readonly ConsumerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<DeliveryProcessor> _logger;
    private readonly DeliveryGroups _groups;
    private readonly CancellationTokenSource _ended = new();

    // Concurrent transactions over all partitions. Not held while a partition waits for its next attempt.
    private readonly SemaphoreSlim _slots;

    public DeliveryProcessor(
        IServiceScopeFactory scopes, ServiceDatabase service, DeadLetterStore deadLetters, DatabaseSpace space, IOptions<ConsumerOptions> options, TimeProvider clock,
        ILogger<DeliveryProcessor> logger)
    {
        (_scopes, _service, _deadLetters, _space, _options, _clock, _logger) = (scopes, service, deadLetters, space, options.Value, clock, logger);
        _slots = new(_options.Concurrency);
        // Revoking one partition does not cancel the shared transaction, which the others need. Its events may be delivered to the new owner as well: one inbox mark wins.
        _groups = new(deliveries => ApplyAsync(deliveries, attempt: 1, _ended.Token), _options.BatchDelay, _options.GroupSize, clock);
    }

    public void Dispose()
    {
        _ended.Cancel();
        _slots.Dispose();
        _ended.Dispose();
    }

    public TimeSpan AgeOf(ReceivedEvent received) => _clock.GetUtcNow() - received.Context.Time;

    /// <summary>
    /// Applies a partition's batch, together with concurrent batches of other partitions. If that fails, the batch alone; if that fails too, event by event, to find the
    /// failing one. Returns when all are applied, parked or known as duplicates.
    /// </summary>
    public async Task ProcessAsync(IReadOnlyList<Delivery> deliveries, PartitionProgress progress, CancellationToken cancel)
    {
        if (deliveries.Count == 0)
            return;
        var group = _groups.Join(deliveries);
        if (await TryAsync(group.Applied.WaitAsync(cancel), group.Deliveries.Count, cancel))
            return;
        if (deliveries.Count > 1 && group.Deliveries.Count > deliveries.Count && await TryAsync(ApplyAsync(deliveries, attempt: 1, cancel), deliveries.Count, cancel))
            return;
        foreach (var delivery in deliveries)
        {
            progress.ReachedNow(delivery.Event.Context.Offset);
            await ProcessAloneAsync(delivery, cancel);
        }
    }

    private async Task<bool> TryAsync(Task applied, int count, CancellationToken cancel)
    {
        try
        {
            await applied;
            return true;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            LogBatchFailed(count, failure.Message);
            return false;
        }
    }

    private async Task ProcessAloneAsync(Delivery delivery, CancellationToken cancel)
    {
        var (attempt, own) = (0, 0);
        while (true)
        {
            attempt++;
            try
            {
                await ApplyAsync([delivery], attempt, cancel);
                return;
            }
            catch (Exception failure) when (!cancel.IsCancellationRequested)
            {
                _space.Observe(failure);
                var transient = TransientFailures.IsTransient(failure);
                if (failure is UnreadablePayloadException || (!transient && ++own >= _options.Attempts))
                {
                    await ParkAsync(delivery, failure, attempt, cancel);
                    return;
                }
                // The partition waits, so order is kept; polling continues, so this member stays in the group.
                var delay = Backoff.Delay(attempt, _options.FirstRetry, _options.LongestRetry);
                ConsumerTelemetry.Retried(delivery, transient);
                var context = delivery.Event.Context;
                LogRetry(failure, delivery.Handler.Consumer, context.Type, context.EventId, context.Key, attempt, delay.TotalSeconds);
                await Task.Delay(delay, cancel);
            }
        }
    }

    private async Task ApplyAsync(IReadOnlyList<Delivery> deliveries, int attempt, CancellationToken cancel)
    {
        await _slots.WaitAsync(cancel);
        try
        {
            await ApplyInTransactionAsync(deliveries, attempt, cancel);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task ApplyInTransactionAsync(IReadOnlyList<Delivery> deliveries, int attempt, CancellationToken cancel)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = _service.Of(scope.ServiceProvider);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var marks = await db.MarkAsync(deliveries, cancel);
        var keys = deliveries.Select(delivery => delivery.Event.Context.Key).ToHashSet();
        foreach (var delivery in deliveries)
        {
            if (!marks.Take(delivery))
                ConsumerTelemetry.DroppedDuplicate(delivery);
            else if (marks.Parked.Contains(delivery.ConsumerAndKey) && await _deadLetters.IsStillParkedAsync(db, delivery, cancel))
                await _deadLetters.ParkBehindAsync(db, delivery, cancel);
            else
                await HandleAsync(scope.ServiceProvider, delivery, keys, attempt, cancel);
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task HandleAsync(IServiceProvider scope, Delivery delivery, IReadOnlyCollection<string> keys, int attempt, CancellationToken cancel)
    {
        using var span = ConsumerTelemetry.StartHandle(delivery);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_options.HandlerTimeout);
        try
        {
            var message = delivery.Handler.Read(delivery.Event.Payload);
            await delivery.Handler.HandleAsync(scope, message, delivery.Event.Context with { Attempt = attempt, BatchKeys = keys }, limit.Token);
        }
        catch (Exception failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            if (failure is OperationCanceledException && limit.IsCancellationRequested && !cancel.IsCancellationRequested)
                throw new TimeoutException($"{delivery.Handler.Consumer} took longer than {_options.HandlerTimeout}.", failure);
            throw;
        }
    }

    /// <summary>
    /// Writes the dead letter, its copy for the dead-letter topic and the inbox mark in one transaction, retried until it succeeds. The event itself cannot make it fail:
    /// all values of a received event can be stored.
    /// </summary>
    private async Task ParkAsync(Delivery delivery, Exception reason, int attempts, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = _scopes.CreateAsyncScope();
                var db = _service.Of(scope.ServiceProvider);
                await using var transaction = await db.Database.BeginTransactionAsync(cancel);
                var marks = await db.MarkAsync([delivery], cancel);
                if (marks.Take(delivery))
                    await _deadLetters.ParkAsync(db, delivery, reason, attempts, cancel);
                await db.SaveChangesAsync(cancel);
                await transaction.CommitAsync(cancel);
                var context = delivery.Event.Context;
                LogParked(reason, delivery.Handler.Consumer, context.Type, context.EventId, context.Key, attempts);
                return;
            }
            catch (Exception failure) when (!cancel.IsCancellationRequested)
            {
                var delay = Backoff.Delay(attempt, _options.FirstRetry, _options.LongestRetry);
                _space.Observe(failure);
                LogNotParked(failure, delivery.Event.Context.EventId, delay.TotalSeconds);
                await Task.Delay(delay, cancel);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Batch of {Count} events failed, retrying in smaller batches: {Reason}")]
    private partial void LogBatchFailed(int count, string reason);

    [LoggerMessage(LogLevel.Warning, "{Consumer} failed to handle {Type} {EventId} of key {Key} (attempt {Attempt}), next try in {Seconds:0.00} s")]
    private partial void LogRetry(Exception failure, string consumer, string type, Guid eventId, string key, int attempt, double seconds);

    [LoggerMessage(LogLevel.Error, "{Consumer} could not handle {Type} {EventId} of key {Key}: parked after {Attempts} attempts, later events of the key are parked behind it")]
    private partial void LogParked(Exception failure, string consumer, string type, Guid eventId, string key, int attempts);

    [LoggerMessage(LogLevel.Warning, "Event {EventId} could not be parked, next try in {Seconds:0.00} s")]
    private partial void LogNotParked(Exception failure, Guid eventId, double seconds);
}
