using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Shipping.Migrations
{
    /// <summary>Tables, keys and indexes are named by EFCore.NamingConventions. Renamed only: no index is built again.</summary>
    public partial class NamesByConvention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter table shipment rename to shipments;
            alter table shipments rename constraint shipment_pkey to pk_shipments;
            alter table shipments rename constraint shipment_has_ended_or_goes_on to ck_shipments_has_ended_or_goes_on;
            alter table shipments rename constraint shipment_has_left_if_dispatched to ck_shipments_has_left_if_dispatched;
            alter table shipments rename constraint shipment_is_whole_or_a_tombstone to ck_shipments_is_whole_or_a_tombstone;
            alter table shipments rename constraint shipment_status_is_known to ck_shipments_status_is_known;
            alter index shipment_to_dispatch rename to ix_shipments_created_at;
            alter index shipment_to_deliver rename to ix_shipments_dispatched_at;
            alter index shipment_of_order rename to ix_shipments_order_id;
            alter index shipment_by_status rename to ix_shipments_status_id;
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter index ix_shipments_status_id rename to shipment_by_status;
            alter index ix_shipments_order_id rename to shipment_of_order;
            alter index ix_shipments_dispatched_at rename to shipment_to_deliver;
            alter index ix_shipments_created_at rename to shipment_to_dispatch;
            alter table shipments rename constraint ck_shipments_status_is_known to shipment_status_is_known;
            alter table shipments rename constraint ck_shipments_is_whole_or_a_tombstone to shipment_is_whole_or_a_tombstone;
            alter table shipments rename constraint ck_shipments_has_left_if_dispatched to shipment_has_left_if_dispatched;
            alter table shipments rename constraint ck_shipments_has_ended_or_goes_on to shipment_has_ended_or_goes_on;
            alter table shipments rename constraint pk_shipments to shipment_pkey;
            alter table shipments rename to shipment;
            """);
    }
}
