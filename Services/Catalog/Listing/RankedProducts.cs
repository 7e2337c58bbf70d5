using Microsoft.EntityFrameworkCore;
using Shop.Catalog.Search;

namespace Shop.Catalog.Listing;

/// <summary>
/// The best match first. The score depends on the query and the product alone, so it stays the same from page to page whatever else is added:
/// first where and how exactly the whole query was found, then how each word stands in the names, then the shorter names, then the newer products.
/// </summary>
public sealed class RankedProducts(CatalogDb db)
{
    /// <summary>What one level of a match is worth: more than everything else together.</summary>
    private const long Level = 100_000;

    private sealed record Hit(Guid ProductId, long Score);

    internal async Task<List<PagePosition>> AfterAsync(ProductList list, SearchQuery query, PagePosition? after, int count, CancellationToken cancel)
    {
        // Level by level, and only as far down as it takes to fill the page: what many products are called is not looked for in descriptions and misspellings.
        var levels = query.Levels;
        var positions = new List<PagePosition>();
        for (var level = (int)Math.Min((after?.Key ?? long.MaxValue) / Level, levels.Count); level > 0 && positions.Count < count; level--)
        {
            // On a first page the better hits are all there, for they did not fill it; on others the index has to tell.
            var match = after is null ? levels[^level] : query.Only(levels.Count - level);
            var hits = await OfLevelAsync(list, query, match, level, after, positions.ConvertAll(place => place.Id), count - positions.Count, cancel);
            positions.AddRange(hits.Select(hit => new PagePosition(list, hit.Score, hit.ProductId, Forgiving: false)));
        }

        return positions;
    }

    private Task<List<Hit>> OfLevelAsync(ProductList list, SearchQuery query, string match, int level, PagePosition? after, List<Guid> better, int count, CancellationToken cancel)
    {
        var words = query.Words.ToArray();
        var squashed = string.Concat(words);
        var (score, id) = (after?.Key ?? long.MaxValue, after?.Id ?? default);

        return db.Database.SqlQuery<Hit>($"""
            with scored as materialized (
                select product_id,
                       {level} * {Level}
                       + case when replace(title, ' ', '') like {squashed} || '%' then 1000 else 0 end
                       + 100 * (select sum(case when strpos(title, ' ' || word || ' ') > 0 then 9
                                                when strpos(title, ' ' || word) > 0 then 7
                                                when strpos(title, word) > 0 then 6
                                                when strpos(replace(title, ' ', ''), word) > 0 then 5
                                                else 0 end)
                                from unnest({words}) as word)
                       + greatest(0, 99 - char_length(title)) as score
                from search_document
                where search_vector(lexemes) @@ {match}::tsquery
                  and product_id <> all ({better})
                  and ({list.Category} = '' or exists (select from product where product.id = product_id and product.category_id = {list.Category})))
            select product_id, score
            from scored
            where (score, product_id) < ({score}, {id})
            order by score desc, product_id desc
            limit {count}
            """).ToListAsync(cancel);
    }
}
