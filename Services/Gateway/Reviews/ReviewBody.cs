using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;
using Shop.Reviews.V1;

namespace Shop.Gateway.Reviews;

internal sealed record ReviewBody([property: Range(1, 5)] int Stars, [property: StringLength(2000, MinimumLength = 1)] string Text)
{
    public const string Example = """{ "stars": 5, "text": "조용하고 가볍다." }""";

    public static WriteReviewRequest Read(Fields body, string productId) =>
        new() { ProductId = productId, Stars = body.Clamped("stars"), Text = body.Text("text"), ValidateOnly = body.Check.HasErrors };
}
