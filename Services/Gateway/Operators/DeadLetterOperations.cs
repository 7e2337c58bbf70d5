using Client = Shop.Messaging.V1.OperationsService.OperationsServiceClient;
using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.Input;
using Shop.GrpcClients;
using Shop.Messaging.V1;
using Shop.ServiceDefaults;

namespace Shop.Gateway.Operators;

/// <summary>The dead letters of all services as one list. Each service keeps its own; ids grow with time, so the lists merge by them.</summary>
public static class DeadLetterOperations
{
    private const string List = "dead-letters";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private sealed record Position(string Last);

    private sealed record Found(string Service, ListDeadLettersResponse? Answer);

    public static async Task<Ok<DeadLetterPage>> ListAsync(
        string? pageSize, string? pageToken, UpstreamClients<Client> services, PageTokens tokens, TimeProvider clock, CancellationToken cancel)
    {
        var check = new Check();
        var size = Page.Size(check, check.PageSize(pageSize));
        pageToken = check.PageToken(pageToken);
        check.ThrowIfAny();

        var request = new ListDeadLettersRequest { PageSize = size, AfterId = tokens.ReadOrDefault<Position>(List, pageToken)?.Last ?? "" };
        var deadline = (clock.GetUtcNow() + s_patience).UtcDateTime;
        var found = await Task.WhenAll(services.Services.Select(service => AskAsync(services, service, request, deadline, cancel)));
        return TypedResults.Ok(Merge(found, size, tokens));
    }

    /// <summary>Only one service knows the letter; which one, its id does not say.</summary>
    public static async Task<Ok<DeadLettersReplayed>> ReplayAsync(string id, UpstreamClients<Client> services, CancellationToken cancel)
    {
        var request = new ReplayDeadLetterRequest { DeadLetterId = RouteId.Required(id) };
        var answers = await Task.WhenAll(services.Services.Select(service => TryReplayAsync(services.Of(service), request, cancel)));
        if (answers.FirstOrDefault(answer => answer.Replayed is not null).Replayed is { } replayed)
            return TypedResults.Ok(new DeadLettersReplayed(replayed));

        // Unknown is only what all have answered that they do not know.
        throw answers.Select(answer => answer.Failure!).FirstOrDefault(failure => failure is not NotFoundException) ?? new NotFoundException();
    }

    private static async Task<Found> AskAsync(UpstreamClients<Client> services, string service, ListDeadLettersRequest request, DateTime deadline, CancellationToken cancel)
    {
        try
        {
            return new(service, await services.Of(service).ListDeadLettersAsync(request, deadline: deadline, cancellationToken: cancel));
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return new(service, null);
        }
    }

    private static DeadLetterPage Merge(Found[] found, int size, PageTokens tokens)
    {
        if (found.All(service => service.Answer is null))
            throw new UnavailableException("No service can be asked for its dead letters.");

        var letters = found
            .SelectMany(service => (service.Answer?.DeadLetters ?? []).Select(letter => DeadLetterView.Of(service.Service, letter)))
            .OrderByDescending(letter => letter.Id, StringComparer.Ordinal)
            .ToList();
        var page = letters.Take(size).ToList();
        var goesOn = letters.Count > size || found.Any(service => service.Answer?.HasMore == true);
        return new(
            page,
            goesOn ? tokens.Write(List, new Position(page[^1].Id)) : null,
            [.. found.Where(service => service.Answer is null).Select(service => service.Service)]);
    }

    private static async Task<(int? Replayed, ShopException? Failure)> TryReplayAsync(Client service, ReplayDeadLetterRequest request, CancellationToken cancel)
    {
        try
        {
            return ((await service.ReplayDeadLetterAsync(request, cancellationToken: cancel)).Replayed, null);
        }
        catch (RpcException e)
        {
            return (null, e.ToShopException());
        }
    }
}
