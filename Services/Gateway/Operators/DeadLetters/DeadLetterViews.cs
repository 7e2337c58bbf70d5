using Shop.Messaging.V1;

namespace Shop.Gateway.Operators.DeadLetters;

/// <param name="Service">Whose handler failed.</param>
/// <param name="Consumer">The handler.</param>
/// <param name="Reason">The last failure, or that an earlier event of the key is parked.</param>
/// <param name="Attempts">0: it was never tried, it waits behind another.</param>
internal record DeadLetterView(
    string Id, string Service, string Consumer, string Topic, string Key, string Type, string EventId,
    string Reason, int Attempts, DateTime OccurredAt, DateTime ParkedAt, string? TraceId)
{
    public static DeadLetterView Of(string service, DeadLetter letter) => new(
        letter.DeadLetterId, service, letter.Consumer, letter.Topic, letter.Key, letter.Type, letter.EventId,
        letter.Reason, letter.Attempts, letter.OccurredAt.ToDateTime(), letter.ParkedAt.ToDateTime(), ContractText.OrNull(letter.TraceId));
}

/// <param name="NextPageToken">For the next page; null on the last one.</param>
/// <param name="Unavailable">Services that are unavailable: their letters are missing from this page.</param>
/// <param name="Services">All services that can have dead letters.</param>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetterView> Items, string? NextPageToken, IReadOnlyList<string> Unavailable, IReadOnlyList<string> Services);

/// <param name="Replayed">How many events were handled.</param>
internal sealed record DeadLettersReplayed(int Replayed);

/// <param name="Count">How many events are to be handled again.</param>
internal sealed record DeadLettersRequested(int Count);
