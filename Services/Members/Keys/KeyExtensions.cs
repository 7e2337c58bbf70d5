using Shop.ServiceDefaults.Configuration;

namespace Shop.Members.Keys;

internal static class KeyExtensions
{
    public static void AddKeys(this IHostApplicationBuilder builder) => builder.AddValidatedOptions<SigningKeyOptions>(SigningKeyOptions.Section);
}
