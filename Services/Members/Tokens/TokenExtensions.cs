using Shop.ServiceDefaults.Configuration;

namespace Shop.Members.Tokens;

internal static class TokenExtensions
{
    public static void AddTokens(this IHostApplicationBuilder builder) => builder.AddValidatedOptions<IssuingOptions>(IssuingOptions.Section);
}
