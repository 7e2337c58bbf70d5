namespace Aspire.Hosting.ApplicationModel;

/// <summary>One line of a resource's log. Its content begins with the time where that is known.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>Whether anybody reads the log of a resource's instance.</summary>
public readonly record struct LogSubscriber(string Name, bool AnySubscribers);
