using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;

namespace Shop.Gateway.Operators;

/// <param name="Reason">Why, in the operator's words; it is kept.</param>
internal sealed record ReasonBody([property: StringLength(500, MinimumLength = 1)] string Reason)
{
    public const string Example = """{ "reason": "The supplier has recalled the product." }""";

    public static string Read(Fields body)
    {
        var reason = body.Text("reason");
        body.Check.ThrowIfAny();
        return reason;
    }
}
