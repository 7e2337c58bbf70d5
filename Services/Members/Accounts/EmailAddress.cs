using Shop.ServiceDefaults;

namespace Shop.Members.Accounts;

public static class EmailAddress
{
    public const int MaxLength = 254;

    /// <summary>Two spellings of an address that differ only in case, or in whether their letters came whole or in pieces, are one account.</summary>
    public static string Normalise(string address) => TextForm.Nfc(TextForm.Nfc(address).ToLowerInvariant());
}
