namespace Shop.Chaos.Plans;

/// <summary>The products of a run, by number.</summary>
internal static class Assortment
{
    public const int Plentiful = 4;

    /// <summary>They sell out.</summary>
    public const int Scarce = 2;

    public const int Products = Plentiful + Scarce;

    /// <summary>In minor units. Two units are worth a welcome coupon.</summary>
    public const long Price = 12_900;

    public static bool IsScarce(int product) => product >= Plentiful;

    /// <summary>Units on hand at the beginning.</summary>
    public static long Stock(int product, int orders) => IsScarce(product) ? Math.Min(orders / 8 + 1, 40) : orders * 8L;
}
