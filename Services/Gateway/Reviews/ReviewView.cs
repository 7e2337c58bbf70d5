using System.ComponentModel.DataAnnotations;
using Shop.Reviews.V1;

namespace Shop.Gateway.Reviews;

/// <param name="Text">As the member wrote it: to be escaped wherever it is shown.</param>
/// <param name="Author">The first character of the member's name and <c>*</c> for each other.</param>
internal sealed record ReviewView(string Id, [property: Range(1, 5)] int Stars, string Text, string Author, DateTime CreatedAt)
{
    public static ReviewView Of(Review review) => new(review.ReviewId, review.Stars, review.Text, review.Author, review.CreatedAt.ToDateTime());
}
