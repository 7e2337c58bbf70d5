using System.ComponentModel.DataAnnotations;

namespace Shop.Gateway.Orders;

/// <param name="Reason">Why, in the member's words.</param>
internal sealed record CancelBody([property: MaxLength(200)] string? Reason = null)
{
    public const string Example = """{ "reason": "I ordered the wrong colour." }""";
}
