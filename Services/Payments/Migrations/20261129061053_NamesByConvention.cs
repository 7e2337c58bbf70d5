using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Payments.Migrations
{
    /// <summary>Tables, keys and indexes are named by EFCore.NamingConventions. Renamed only: no index is built again.</summary>
    public partial class NamesByConvention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter table ledger_comparison rename to ledger_comparisons;
            alter table ledger_comparisons rename constraint pk_ledger_comparison to pk_ledger_comparisons;
            alter table postings rename constraint fk_postings_transfer to fk_postings_transfers_transfer_id;
            alter index ux_transfers_order_id_kind_refunded rename to ix_transfers_order_id_kind_refunded;
            alter table ledger_comparisons rename constraint ck_ledger_comparison_one_row to ck_ledger_comparisons_one_row;
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter table ledger_comparisons rename constraint ck_ledger_comparisons_one_row to ck_ledger_comparison_one_row;
            alter index ix_transfers_order_id_kind_refunded rename to ux_transfers_order_id_kind_refunded;
            alter table postings rename constraint fk_postings_transfers_transfer_id to fk_postings_transfer;
            alter table ledger_comparisons rename constraint pk_ledger_comparisons to pk_ledger_comparison;
            alter table ledger_comparisons rename to ledger_comparison;
            """);
    }
}
