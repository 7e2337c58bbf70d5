using Shop.Payments.V1;

namespace Shop.Payments.Tests.Running;

/// <summary>An order that is to be paid with a card of the given behaviour.</summary>
public sealed record TestOrder(Guid Id, Guid MemberId, long Amount, string Token)
{
    public static TestOrder With(string token, long amount = 129_900) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), amount, token);

    public AuthoriseRequest Authorise() => new()
    {
        OrderId = Id.ToString(),
        MemberId = MemberId.ToString(),
        Amount = new() { Amount = Amount, Currency = "KRW" },
        PaymentToken = Token,
    };
}
