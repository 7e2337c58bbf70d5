namespace Shop.Payments.Intents;

/// <summary>Who pays how much.</summary>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
internal sealed record PaymentTerms(Guid MemberId, long Amount, string Currency);
