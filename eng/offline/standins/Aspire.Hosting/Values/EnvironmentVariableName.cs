namespace Aspire.Hosting.ApplicationModel;

internal static class EnvironmentVariableName
{
    /// <summary><c>payment-provider</c> becomes <c>payment_provider</c>: only letters, digits and underscores, no leading digit.</summary>
    public static string From(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
        return safe.Length > 0 && char.IsAsciiDigit(safe[0]) ? $"_{safe}" : safe;
    }
}
