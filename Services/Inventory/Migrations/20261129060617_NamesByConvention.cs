using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Inventory.Migrations
{
    /// <summary>Tables, keys and indexes are named by EFCore.NamingConventions. Renamed only: no index is built again.</summary>
    public partial class NamesByConvention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter table reservation rename to reservations;
            alter table stock rename constraint stock_pkey to pk_stock;
            alter table reservations rename constraint reservation_pkey to pk_reservations;
            alter table stock rename constraint stock_on_hand_is_not_negative to ck_stock_on_hand_is_not_negative;
            alter table stock rename constraint stock_reserved_is_on_hand to ck_stock_reserved_is_on_hand;
            alter table reservations rename constraint reservation_is_finished_or_reserved to ck_reservations_is_finished_or_reserved;
            alter table reservations rename constraint reservation_lines_are_whole to ck_reservations_lines_are_whole;
            alter table reservations rename constraint reservation_status_is_known to ck_reservations_status_is_known;
            alter index reservation_finished rename to ix_reservations_finished_at;
            alter index reservation_expiring rename to ix_reservations_expires_at;
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter index ix_reservations_expires_at rename to reservation_expiring;
            alter index ix_reservations_finished_at rename to reservation_finished;
            alter table reservations rename constraint ck_reservations_status_is_known to reservation_status_is_known;
            alter table reservations rename constraint ck_reservations_lines_are_whole to reservation_lines_are_whole;
            alter table reservations rename constraint ck_reservations_is_finished_or_reserved to reservation_is_finished_or_reserved;
            alter table stock rename constraint ck_stock_reserved_is_on_hand to stock_reserved_is_on_hand;
            alter table stock rename constraint ck_stock_on_hand_is_not_negative to stock_on_hand_is_not_negative;
            alter table reservations rename constraint pk_reservations to reservation_pkey;
            alter table stock rename constraint pk_stock to stock_pkey;
            alter table reservations rename to reservation;
            """);
    }
}
