namespace Shop.Ordering.Orders;

/// <summary>Where the parcel goes, as the member wrote it.</summary>
internal sealed class Address
{
    public required string Recipient { get; init; }

    public required string Line1 { get; init; }

    public string? Line2 { get; init; }

    public required string City { get; init; }

    public required string PostalCode { get; init; }

    public required string Country { get; init; }
}
