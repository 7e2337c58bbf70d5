namespace Shop.Messaging.Events;

/// <summary>A payload that is no message of its type. It will be none at the next attempt either.</summary>
internal sealed class UnreadablePayloadException(string type, Exception cause) : Exception($"The payload is no {type}: {cause.Message}", cause);
