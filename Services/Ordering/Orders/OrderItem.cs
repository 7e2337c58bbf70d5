namespace Shop.Ordering.Orders;

/// <summary>How many pieces of one product: what is asked for, and what the checkout reserves. Prices are in <see cref="Line"/>.</summary>
internal sealed record OrderItem(Guid ProductId, int Quantity);
