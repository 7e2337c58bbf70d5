namespace Shop.Load;

/// <summary>An error that the user of the program can correct; only its message is printed.</summary>
public sealed class MistakeException(string message) : Exception(message);
