using Shop.ServiceDefaults.Configuration;

namespace Shop.Members.Accounts;

internal static class AccountExtensions
{
    public static void AddAccounts(this IHostApplicationBuilder builder) => builder.AddValidatedOptions<OperatorOptions>(OperatorOptions.Section);
}
