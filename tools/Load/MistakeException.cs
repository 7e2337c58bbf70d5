namespace Shop.Load;

/// <summary>Something that the person at the terminal can mend; its message is the whole explanation.</summary>
public sealed class MistakeException(string message) : Exception(message);
