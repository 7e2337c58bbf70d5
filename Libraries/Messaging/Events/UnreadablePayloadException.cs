namespace Shop.Messaging.Events;

/// <summary>A payload that cannot be parsed as its type. Permanent: it is parked without retries.</summary>
internal sealed class UnreadablePayloadException(string type, Exception cause) : Exception($"The payload is not a valid {type}: {cause.Message}", cause);
