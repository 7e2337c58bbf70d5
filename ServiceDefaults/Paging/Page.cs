namespace Shop.ServiceDefaults;

/// <summary>The one rule for the size of a page.</summary>
public static class Page
{
    public const int DefaultSize = 20;
    public const int MaxSize = 100;

    /// <summary>0, which is also "not given" in a contract, is the default.</summary>
    /// <exception cref="InvalidException">Not 0 to 100.</exception>
    public static int Size(int requested)
    {
        var check = new Check();
        var size = Size(check, requested);
        check.ThrowIfAny();
        return size;
    }

    /// <summary>The same, reported together with other fields.</summary>
    public static int Size(Check check, int requested) => requested == 0 ? DefaultSize : check.Range("pageSize", requested, 1, MaxSize);
}
