using Shop.ServiceDefaults.Configuration;

namespace Shop.Inventory.Reservations;

internal static class ReservationExtensions
{
    public static void AddReservations(this IHostApplicationBuilder builder) => builder.AddValidatedOptions<ReservationOptions>(ReservationOptions.Section);
}
