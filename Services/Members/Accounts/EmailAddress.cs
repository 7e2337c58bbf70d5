using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Text;

namespace Shop.Members.Accounts;

internal static class EmailAddress
{
    public const int MaxLength = 254;

    /// <summary>Spellings of an address that differ only in case or in Unicode composition are one account.</summary>
    public static string Normalise(string address) => TextForm.Nfc(TextForm.Nfc(address).ToLowerInvariant());
}
