using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.GrpcClients;
using Shop.Messaging.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;
using Client = Shop.Messaging.V1.OperationsService.OperationsServiceClient;

namespace Shop.Gateway.Operators.DeadLetters;

/// <summary>The dead letters of all services as one list. Each service keeps its own; ids grow with time, so the lists merge by them.</summary>
internal static class DeadLetterOperations
{
    private const string List = "dead-letters";
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(3);

    private sealed record Position(string Last);

    private sealed record Found(string Service, ListDeadLettersResponse? Answer);

    public static void MapDeadLetters(this RouteGroupBuilder ops)
    {
        ops.MapGet("/dead-letters", ListAsync)
            .WithName("listDeadLetters").WithSummary("Events that a service could not handle, and those that wait behind them; newest first, of all services.").Answers(400, 401, 403);
        ops.MapGet("/dead-letters/{id}", GetAsync)
            .WithName("getDeadLetter").WithSummary("One of these events, parked, replayed or discarded, with its payload and what became of it.").Answers(401, 403, 404);
        ops.MapPost("/dead-letters/{id}/replay", ReplayAsync)
            .WithName("replayDeadLetter").WithSummary("Handles that event and all parked ones of its key again, in order, all or none.").Answers(401, 403, 404, 422);
        ops.MapPost("/dead-letters/{id}/discard", DiscardAsync)
            .WithName("discardDeadLetter").WithSummary("Discards one event for good; the others of its key stay parked.").Takes<ReasonBody>(ReasonBody.Example).Answers(401, 403, 404, 422);
        ops.MapPost("/dead-letters/replay", ReplayAllAsync)
            .WithName("replayDeadLetters").WithSummary("Has a service handle its parked events again in the background, those of each key in order.")
            .Takes<ReplayBody>(ReplayBody.Example).Answers(401, 403);
    }

    private static async Task<Ok<DeadLetterPage>> ListAsync(
        string? pageSize, string? pageToken, UpstreamClients<Client> services, PageTokens tokens, TimeProvider clock, CancellationToken cancel)
    {
        var check = new Check();
        // This list is composed here, so its page size and tokens are checked here.
        var size = Page.Size(check, check.PageSize(pageSize));
        var position = tokens.ReadOrDefault<Position>(check, List, pageToken);
        check.ThrowIfAny();

        var request = new ListDeadLettersRequest { PageSize = size, AfterId = position?.Last ?? "" };
        var found = await Task.WhenAll(services.Services.Select(async service => new Found(
            service, await OptionalPart.CallIfAvailableAsync(options => services.Of(service).ListDeadLettersAsync(request, options), ReadTimeout, clock, cancel))));
        return TypedResults.Ok(Merge(found, size, tokens));
    }

    private static async Task<Ok<DeadLetterDetailsView>> GetAsync(string id, UpstreamClients<Client> services, TimeProvider clock, CancellationToken cancel)
    {
        var request = new GetDeadLetterRequest { DeadLetterId = RouteId.Required(id) };
        var options = new CallOptions(deadline: (clock.GetUtcNow() + ReadTimeout).UtcDateTime, cancellationToken: cancel);
        var (service, answer) = await OwnerOf(services, service => service.GetDeadLetterAsync(request, options).ResponseAsync);
        return TypedResults.Ok(DeadLetterDetailsView.Of(service, answer));
    }

    /// <summary>Only one service knows the letter; which one, its id does not say.</summary>
    private static async Task<Ok<DeadLettersReplayed>> ReplayAsync(string id, UpstreamClients<Client> services, CancellationToken cancel)
    {
        var request = new ReplayDeadLetterRequest { DeadLetterId = RouteId.Required(id) };
        var (_, answer) = await OwnerOf(services, service => service.ReplayDeadLetterAsync(request, cancellationToken: cancel).ResponseAsync);
        return TypedResults.Ok(new DeadLettersReplayed(answer.Replayed));
    }

    private static async Task<NoContent> DiscardAsync(string id, HttpContext http, UpstreamClients<Client> services, CancellationToken cancel)
    {
        var reason = ReasonBody.Read(await JsonBody.ReadAsync(http.Request, cancel));
        var request = new DiscardDeadLetterRequest { DeadLetterId = RouteId.Required(id), Reason = reason };
        await OwnerOf(services, service => service.DiscardDeadLetterAsync(request, cancellationToken: cancel).ResponseAsync);
        return TypedResults.NoContent();
    }

    /// <summary>Accepted: the service replays in the background, and what fails again stays in the list.</summary>
    private static async Task<Accepted<DeadLettersRequested>> ReplayAllAsync(HttpContext http, UpstreamClients<Client> services, CancellationToken cancel)
    {
        var (service, request) = ReplayBody.Read(await JsonBody.ReadAsync(http.Request, cancel), services.Services);
        var answer = await services.Of(service).ReplayDeadLettersAsync(request, cancellationToken: cancel);
        return TypedResults.Accepted("/api/v1/ops/dead-letters", new DeadLettersRequested(answer.Count));
    }

    /// <summary>Calls every service. The one that has the letter answers, and the others, which do not know it, are not waited for.</summary>
    private static async Task<(string Service, TResponse Response)> OwnerOf<TResponse>(UpstreamClients<Client> services, Func<Client, Task<TResponse>> call) where TResponse : class
    {
        var failures = new List<ShopException>();
        await foreach (var ended in Task.WhenEach(services.Services.Select(service => TryAsync(service, services.Of(service), call))))
        {
            var (service, response, failure) = await ended;
            if (response is not null)
                return (service, response);
            failures.Add(failure!);
        }

        // Not found only when no service has it: one that cannot be reached might.
        throw failures.Find(failure => failure is not NotFoundException) ?? new NotFoundException();
    }

    private static DeadLetterPage Merge(Found[] found, int size, PageTokens tokens)
    {
        if (found.All(service => service.Answer is null))
            throw new UnavailableException("No service answers with its dead letters.");

        var letters = found
            .SelectMany(service => (service.Answer?.DeadLetters ?? []).Select(letter => DeadLetterView.Of(service.Service, letter)))
            .OrderByDescending(letter => letter.Id, StringComparer.Ordinal)
            .ToList();
        var page = letters.Take(size).ToList();
        var goesOn = letters.Count > size || found.Any(service => service.Answer?.HasMore == true);
        return new(
            page,
            goesOn ? tokens.Write(List, new Position(page[^1].Id)) : null,
            [.. found.Where(service => service.Answer is null).Select(service => service.Service)],
            [.. found.Select(service => service.Service)]);
    }

    private static async Task<(string Service, TResponse? Response, ShopException? Failure)> TryAsync<TResponse>(string service, Client client, Func<Client, Task<TResponse>> call)
        where TResponse : class
    {
        try
        {
            return (service, await call(client), null);
        }
        catch (RpcException failure)
        {
            return (service, null, failure.ToShopException());
        }
    }
}
