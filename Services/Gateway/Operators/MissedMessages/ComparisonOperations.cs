using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.OpenApi;
using Shop.GrpcClients;
using Shop.Messaging.V1;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;
using Client = Shop.Messaging.V1.OperationsService.OperationsServiceClient;

namespace Shop.Gateway.Operators.MissedMessages;

/// <summary>What the comparison of published and applied events has found, of all services. Each keeps that of its own handlers.</summary>
internal static class ComparisonOperations
{
    private const string Format = "yyyy-MM-dd";
    // The services' default (Messaging:Comparison:After), from the day's beginning.
    private static readonly TimeSpan DueAfter = TimeSpan.FromHours(25);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public static void MapComparisons(this RouteGroupBuilder ops) => ops.MapGet("/missed-messages", GetAsync)
        .WithName("getMissedMessages").WithSummary("The last comparison of a day: how many events were published, and how many of them a handler has missed.").Answers(400, 401, 403);

    private static async Task<Ok<ComparisonsOfDay>> GetAsync(string? day, UpstreamClients<Client> services, TimeProvider clock, CancellationToken cancel)
    {
        var date = DateOnly.FromDateTime((clock.GetUtcNow() - DueAfter).UtcDateTime);
        var check = new Check();
        check.That(day is null || DateOnly.TryParseExact(day, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date.Year is >= 2000 and < 9999, "day", "must be a date like 2026-11-28");
        check.ThrowIfAny();

        var request = new ListComparisonsRequest { Day = date.ToString(Format, CultureInfo.InvariantCulture) };
        var found = await Task.WhenAll(services.Services.Select(async service => (
            Service: service, Answer: await OptionalPart.CallIfAvailableAsync(options => services.Of(service).ListComparisonsAsync(request, options), Timeout, clock, cancel))));
        if (found.All(part => part.Answer is null))
            throw new UnavailableException("No service answers with its comparisons.");

        return TypedResults.Ok(new ComparisonsOfDay(
            date,
            [.. found.SelectMany(part => (part.Answer?.Results ?? []).Select(events => ComparedEventsView.Of(part.Service, events))).OrderByDescending(Differs).ThenBy(events => events.Service, StringComparer.Ordinal)],
            [.. found.Where(part => part.Answer is null).Select(part => part.Service)],
            [.. found.Where(part => part.Answer is { Compared: false }).Select(part => part.Service)]));
    }

    private static bool Differs(ComparedEventsView events) => events is not { Missing: 0, Unpublished: 0, Requested: 0 };
}
