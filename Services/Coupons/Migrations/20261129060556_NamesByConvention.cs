using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Coupons.Migrations
{
    /// <summary>Tables, keys and indexes are named by EFCore.NamingConventions. Renamed only: no index is built again.</summary>
    public partial class NamesByConvention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter table redemption rename to redemptions;
            alter table coupon rename to coupons;
            alter table redemptions rename constraint redemption_pkey to pk_redemptions;
            alter table coupons rename constraint coupon_pkey to pk_coupons;
            alter table redemptions rename constraint redemption_coupon_fkey to fk_redemptions_coupons_coupon_id;
            alter table redemptions rename constraint redemption_discount_is_within_subtotal to ck_redemptions_discount_is_within_subtotal;
            alter table redemptions rename constraint redemption_has_a_coupon_or_is_restored to ck_redemptions_has_a_coupon_or_is_restored;
            alter table redemptions rename constraint redemption_is_finished_or_reserved to ck_redemptions_is_finished_or_reserved;
            alter table redemptions rename constraint redemption_status_is_known to ck_redemptions_status_is_known;
            alter table coupons rename constraint coupon_has_an_order_unless_usable to ck_coupons_has_an_order_unless_usable;
            alter table coupons rename constraint coupon_is_percentage_or_fixed to ck_coupons_is_percentage_or_fixed;
            alter table coupons rename constraint coupon_status_is_known to ck_coupons_status_is_known;
            alter table coupons rename constraint coupon_terms_are_sane to ck_coupons_terms_are_sane;
            alter index redemption_restored rename to ix_redemptions_finished_at;
            alter index redemption_one_per_coupon rename to ix_redemptions_coupon_id;
            alter index coupon_once_per_member rename to ix_coupons_member_id_campaign;
            alter index coupon_of_member rename to ix_coupons_member_id_id;
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter index ix_coupons_member_id_id rename to coupon_of_member;
            alter index ix_coupons_member_id_campaign rename to coupon_once_per_member;
            alter index ix_redemptions_coupon_id rename to redemption_one_per_coupon;
            alter index ix_redemptions_finished_at rename to redemption_restored;
            alter table coupons rename constraint ck_coupons_terms_are_sane to coupon_terms_are_sane;
            alter table coupons rename constraint ck_coupons_status_is_known to coupon_status_is_known;
            alter table coupons rename constraint ck_coupons_is_percentage_or_fixed to coupon_is_percentage_or_fixed;
            alter table coupons rename constraint ck_coupons_has_an_order_unless_usable to coupon_has_an_order_unless_usable;
            alter table redemptions rename constraint ck_redemptions_status_is_known to redemption_status_is_known;
            alter table redemptions rename constraint ck_redemptions_is_finished_or_reserved to redemption_is_finished_or_reserved;
            alter table redemptions rename constraint ck_redemptions_has_a_coupon_or_is_restored to redemption_has_a_coupon_or_is_restored;
            alter table redemptions rename constraint ck_redemptions_discount_is_within_subtotal to redemption_discount_is_within_subtotal;
            alter table redemptions rename constraint fk_redemptions_coupons_coupon_id to redemption_coupon_fkey;
            alter table coupons rename constraint pk_coupons to coupon_pkey;
            alter table redemptions rename constraint pk_redemptions to redemption_pkey;
            alter table coupons rename to coupon;
            alter table redemptions rename to redemption;
            """);
    }
}
