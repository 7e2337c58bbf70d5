using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Coupons.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "coupon",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    campaign = table.Column<string>(type: "text", nullable: false),
                    name_ko = table.Column<string>(type: "text", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    percent = table.Column<int>(type: "integer", nullable: true),
                    amount = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: false),
                    minimum = table.Column<long>(type: "bigint", nullable: true),
                    maximum_discount = table.Column<long>(type: "bigint", nullable: true),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("coupon_pkey", x => x.id);
                    table.CheckConstraint("coupon_has_an_order_unless_usable", "(status = 'usable') = (order_id is null)");
                    table.CheckConstraint("coupon_is_percentage_or_fixed", "(percent is null) <> (amount is null)");
                    table.CheckConstraint("coupon_status_is_known", "status in ('usable', 'reserved', 'redeemed')");
                    table.CheckConstraint("coupon_terms_are_sane", "coalesce(percent, 1) between 1 and 100 and coalesce(amount, 1) > 0 and coalesce(minimum, 0) >= 0 and coalesce(maximum_discount, 1) > 0");
                });

            migrationBuilder.CreateTable(
                name: "redemption",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    coupon_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subtotal = table.Column<long>(type: "bigint", nullable: false),
                    discount = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    reserved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("redemption_pkey", x => x.order_id);
                    table.CheckConstraint("redemption_discount_is_within_subtotal", "discount between 0 and subtotal");
                    table.CheckConstraint("redemption_has_a_coupon_or_is_restored", "coupon_id is not null or status = 'restored'");
                    table.CheckConstraint("redemption_is_finished_or_reserved", "(status = 'reserved') = (finished_at is null)");
                    table.CheckConstraint("redemption_status_is_known", "status in ('reserved', 'redeemed', 'restored')");
                    table.ForeignKey(
                        name: "redemption_coupon_fkey",
                        column: x => x.coupon_id,
                        principalTable: "coupon",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "coupon_of_member",
                table: "coupon",
                columns: new[] { "member_id", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "coupon_once_per_member",
                table: "coupon",
                columns: new[] { "member_id", "campaign" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "redemption_one_per_coupon",
                table: "redemption",
                column: "coupon_id",
                unique: true,
                filter: "status in ('reserved', 'redeemed')");

            migrationBuilder.CreateIndex(
                name: "redemption_restored",
                table: "redemption",
                column: "finished_at",
                filter: "status = 'restored'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "redemption");

            migrationBuilder.DropTable(
                name: "coupon");
        }
    }
}
