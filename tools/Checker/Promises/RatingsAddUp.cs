namespace Shop.Checker.Promises;

internal static class RatingsAddUp
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var data = evidence.Reviews;
        foreach (var twice in data.Reviews.GroupBy(review => (review.ProductId, review.MemberId)).Where(reviews => reviews.Count() > 1))
            yield return $"Member {twice.Key.MemberId} has {twice.Count()} reviews of product {twice.Key.ProductId}.";

        var reviews = data.Reviews.ToLookup(review => review.ProductId);
        foreach (var product in reviews.Select(each => each.Key).Union(data.Ratings.Keys).Union(data.Listed.Keys))
        {
            var (stars, count) = (reviews[product].Sum(review => (long)review.Stars), reviews[product].Count());
            var rating = data.Ratings.GetValueOrDefault(product);
            if ((rating?.Stars ?? 0, rating?.Count ?? 0) != (stars, count))
                yield return $"Product {product} has {count} reviews with {stars} stars, but its rating has {rating?.Count ?? 0} with {rating?.Stars ?? 0}.";
            if (data.Listed.GetValueOrDefault(product) is var listed && listed != rating)
                yield return $"Product {product} has the rating {rating?.Stars ?? 0} / {rating?.Count ?? 0} (version {rating?.Version ?? 0}), Catalog lists {listed?.Stars ?? 0} / {listed?.Count ?? 0} (version {listed?.Version ?? 0}).";
        }
    }
}
