namespace Shop.PaymentProvider;

internal static class ProviderOptionsExtensions
{
    public static void AddProviderOptions(this IHostApplicationBuilder builder) =>
        builder.Services.AddOptions<ProviderOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
}
