using Google.Protobuf;

namespace Shop.Messaging.Topics;

/// <summary>An event read from a topic.</summary>
/// <param name="Key">The aggregate's id.</param>
public sealed record TopicEvent(string Key, IMessage Message);
