using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Catalog.Migrations
{
    /// <summary>What searches read, and how: nothing that a model could say.</summary>
    public partial class SearchIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                -- The lexemes are read by the index alone: kept apart from their rows, which stay small for scoring, and not compressed.
                alter table search_document set (toast_tuple_target = 128);
                alter table search_document alter column lexemes set storage external;
                alter table search_document alter column title set storage plain;

                -- array_to_tsvector with its price: to fetch and sort the lexemes of a row is dear, so the planner must want the index and never every row.
                create function search_vector(lexemes text[]) returns tsvector language plpgsql immutable strict cost 10000
                as $$ begin return array_to_tsvector(lexemes); end $$;

                -- No list of pending entries: a search never has to go through what was just written.
                create index search_document_lexemes on search_document using gin (search_vector(lexemes)) with (fastupdate = off);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index search_document_lexemes; drop function search_vector;");
        }
    }
}
