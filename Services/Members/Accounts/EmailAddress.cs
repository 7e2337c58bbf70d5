namespace Shop.Members.Accounts;

public static class EmailAddress
{
    public const int MaxLength = 254;

    /// <summary>Two spellings of an address that differ only in case are one account.</summary>
    public static string Normalise(string address) => address.ToLowerInvariant();

    /// <summary>Something before and something after one <c>@</c>, no spaces. Whether it can receive mail only mail can tell.</summary>
    public static bool IsValid(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at < address.Length - 1
            && address.LastIndexOf('@') == at
            && address.Length <= MaxLength
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }
}
