using Microsoft.EntityFrameworkCore;
using Shop.Catalog.Search;

namespace Shop.Catalog.Listing;

/// <summary>
/// The best match first. The score depends on the query and the product alone, so it stays the same from page to page whatever else is added:
/// first where and how exactly the whole query was found, then how each word stands in the names, then the shorter names, then the newer products.
/// </summary>
public sealed class RankedProducts(CatalogDb db)
{
    private sealed record Hit(Guid ProductId, long Score);

    internal async Task<List<Place>> AfterAsync(ProductList list, SearchQuery query, Place? after, int count, CancellationToken cancel)
    {
        // Each level is one scan of the index; without forgiveness the last two are the first two again.
        var levels = query.Forgives
            ? new[] { query.AnywhereForgiving, query.InNameForgiving, query.Anywhere, query.InName }
            : [query.Anywhere, query.InName];
        var words = query.Words.ToArray();
        var squashed = string.Concat(words);
        var (score, id) = (after?.Key ?? long.MaxValue, after?.Id ?? default);

        var hits = await db.Database.SqlQuery<Hit>($"""
            with found as (
                select document.product_id, max(level.number) as level
                from unnest({levels}) with ordinality as level(query, number)
                join search_document document on search_vector(document.lexemes) @@ level.query::tsquery
                group by document.product_id),
            scored as (
                select product_id,
                       found.level * 100000
                       + case when replace(title, ' ', '') like {squashed} || '%' then 1000 else 0 end
                       + 100 * (select sum(case when strpos(title, ' ' || word || ' ') > 0 then 9
                                                when strpos(title, ' ' || word) > 0 then 7
                                                when strpos(title, word) > 0 then 6
                                                when strpos(replace(title, ' ', ''), word) > 0 then 5
                                                else 0 end)
                                from unnest({words}) as word)
                       + greatest(0, 99 - char_length(title)) as score
                from found join search_document using (product_id))
            select scored.product_id as "ProductId", score as "Score"
            from scored
            where (score, scored.product_id) < ({score}, {id})
              and ({list.Category} = '' or exists (select from product where product.id = scored.product_id and product.category_id = {list.Category}))
            order by score desc, scored.product_id desc
            limit {count}
            """).ToListAsync(cancel);
        return hits.ConvertAll(hit => new Place(list, hit.Score, hit.ProductId, Forgiving: false));
    }
}
