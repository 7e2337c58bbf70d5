using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Inventory.Reservations;

internal static class OrderIds
{
    public static Guid Read(string orderId)
    {
        var check = new Check();
        var id = check.Uuid("orderId", orderId);
        check.ThrowIfAny();
        return id;
    }
}
