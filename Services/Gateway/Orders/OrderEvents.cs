using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Shop.Gateway.Input;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Endpoints;
using Shop.ServiceDefaults.Errors;
using static Shop.Ordering.V1.OrderingService;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Shop.Gateway.Orders;

/// <summary>The data of one event.</summary>
internal sealed record OrderEvent(string Status, string? Reason, DateTime At);

/// <summary>Ordering's stream of an order's changes as server-sent events. The id of an event is its number, so a browser that comes back goes on where it was.</summary>
internal static partial class OrderEvents
{
    public const string ContentType = "text/event-stream";

    internal static async Task HandleAsync(
        string id, [FromHeader(Name = "Last-Event-ID")] string? lastEventId, HttpContext http, OrderingServiceClient ordering,
        IOptions<OrderEventsOptions> options, IOptions<JsonOptions> json, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<OrderEvent> logger, CancellationToken cancel)
    {
        var request = new WatchOrderRequest { OrderId = RouteId.Required(id), AfterSequence = Number(lastEventId) };
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        using var call = ordering.WatchOrder(request, cancellationToken: until.Token);

        // The first answer comes at once; until then nothing is written, and a failure is a problem like any other.
        var answers = call.ResponseStream;
        var goesOn = await answers.MoveNext(until.Token);
        if (goesOn && answers.Current is { Ended: true, Changes.Count: 0 })
        {
            // Seen to the end. Browsers open a stream that ended again and again; this status prevents it.
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var events = new EventWriter(http.Response, json.Value.SerializerOptions);
        try
        {
            await events.BeginAsync(until.Token);
            for (; goesOn && !http.IsHead(); goesOn = await NextAsync())
                await events.WriteAsync(answers.Current.Changes, until.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException || until.IsCancellationRequested)
        {
            // The browser has gone, or this process stops.
        }
        catch (RpcException failure)
        {
            // Ordering has gone. The stream ends; a browser connects again with the last id it saw.
            LogInterrupted(logger, request.OrderId, failure.StatusCode, failure.Status.Detail);
        }

        async Task<bool> NextAsync()
        {
            for (var next = answers.MoveNext(until.Token); ;)
            {
                try
                {
                    return await next.WaitAsync(options.Value.Comment, clock, until.Token);
                }
                catch (TimeoutException)
                {
                    await events.CommentAsync(until.Token);
                }
            }
        }
    }

    /// <summary>What is no number of ours begins, like none, with the current status.</summary>
    private static long Number(string? lastEventId) =>
        long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [LoggerMessage(LogLevel.Warning, "The events of order {OrderId} are interrupted: {Status}, {Detail}")]
    private static partial void LogInterrupted(ILogger logger, string orderId, StatusCode status, string detail);

    private sealed class EventWriter(HttpResponse response, JsonSerializerOptions json)
    {
        public Task BeginAsync(CancellationToken cancel)
        {
            response.ContentType = ContentType;
            return response.Body.FlushAsync(cancel);
        }

        public async Task WriteAsync(IEnumerable<StatusChange> changes, CancellationToken cancel)
        {
            foreach (var change in changes)
            {
                var data = new OrderEvent(change.Status, change.HasReason ? change.Reason : null, change.At.ToDateTime());
                await response.WriteAsync($"event: status\nid: {change.Sequence}\ndata: {JsonSerializer.Serialize(data, json)}\n\n", cancel);
            }

            await response.Body.FlushAsync(cancel);
        }

        public async Task CommentAsync(CancellationToken cancel)
        {
            await response.WriteAsync(": nothing new\n\n", cancel);
            await response.Body.FlushAsync(cancel);
        }
    }
}
