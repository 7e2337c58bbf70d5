namespace Shop.OrderHistory.Projection;

internal static class ProjectionLocks
{
    /// <summary>An advisory lock ("ordershi"): shared by transactions that write the tables, exclusive while a rebuild puts its own in their place.</summary>
    public const long Tables = 0x6f72646572736869;
}
