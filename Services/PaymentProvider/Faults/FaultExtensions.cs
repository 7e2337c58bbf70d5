namespace Shop.PaymentProvider.Faults;

internal static class FaultExtensions
{
    public static void AddFaults(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<CurrentFaults>();
}
