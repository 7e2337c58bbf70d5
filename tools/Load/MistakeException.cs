namespace Shop.Load;

/// <summary>An error that the user of the program can correct; only its message is printed.</summary>
internal sealed class MistakeException(string message) : Exception(message);
