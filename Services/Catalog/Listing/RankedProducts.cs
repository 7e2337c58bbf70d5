using Microsoft.EntityFrameworkCore;
using Shop.Catalog.Search;

namespace Shop.Catalog.Listing;

/// <summary>
/// The best match first. The score depends on query and product only, so it is the same for every page. Criteria in order: where and how exactly the query matches,
/// how each word matches the names, shorter names, newer products.
/// </summary>
internal sealed class RankedProducts(CatalogDb db)
{
    /// <summary>The score of one level: more than all other parts of the score together.</summary>
    private const long Level = 100_000;

    private sealed record Hit(Guid ProductId, long Score);

    internal async Task<List<PagePosition>> AfterAsync(ProductList list, SearchQuery query, PagePosition? after, int count, CancellationToken cancel)
    {
        // Level by level, until the page is full: if many names match, descriptions and misspellings are not searched.
        var levels = query.Levels;
        var positions = new List<PagePosition>();
        for (var level = (int)Math.Min((after?.Key ?? long.MaxValue) / Level, levels.Count); level > 0 && positions.Count < count; level--)
        {
            // On a first page all better hits are in positions already; on later pages the query excludes them.
            var match = after is null ? levels[^level] : query.Only(levels.Count - level);
            var hits = await OfLevelAsync(list, query, match, level, after, positions.ConvertAll(position => position.Id), count - positions.Count, cancel);
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
                from search_documents
                where search_vector(lexemes) @@ {match}::tsquery
                  and product_id <> all ({better})
                  and ({list.Category} = '' or exists (select from products where products.id = product_id and products.category_id = {list.Category})))
            select product_id, score
            from scored
            where (score, product_id) < ({score}, {id})
            order by score desc, product_id desc
            limit {count}
            """).ToListAsync(cancel);
    }
}
