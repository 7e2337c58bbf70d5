namespace Shop.Console.DeadLetters;

/// <summary>A parked event of the API.</summary>
/// <param name="Consumer">The handler.</param>
/// <param name="Attempts">0: it waits behind another one of its key.</param>
public sealed record DeadLetter(
    string Id, string Service, string Consumer, string Topic, string Key, string Type, string EventId, string Reason, int Attempts, DateTimeOffset OccurredAt, DateTimeOffset ParkedAt, string? TraceId);

/// <param name="Unavailable">Services that could not be asked: their letters are missing.</param>
/// <param name="Services">All services that can have some.</param>
public sealed record DeadLetterList(IReadOnlyList<DeadLetter> Items, string? NextPageToken, IReadOnlyList<string>? Unavailable, IReadOnlyList<string> Services);
