using Shop.ServiceDefaults.Validation;

namespace Shop.ServiceDefaults.Paging;

/// <summary>The rule for page sizes.</summary>
public static class Page
{
    /// <summary>Of a page, if the request gives none.</summary>
    public const int DefaultSize = 20;
    /// <summary>Of a page.</summary>
    public const int MaxSize = 100;

    /// <summary>Validates a page size; an error is reported together with other fields. 0, the value of a missing field, gives the default.</summary>
    public static int Size(Check check, int requested) => requested == 0 ? DefaultSize : check.Range("pageSize", requested, 1, MaxSize);
}
