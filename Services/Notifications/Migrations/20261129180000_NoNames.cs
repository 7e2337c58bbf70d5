using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Notifications.Migrations
{
    /// <inheritdoc />
    public partial class NoNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "name",
                table: "members");

            migrationBuilder.DropColumn(
                name: "recipient_name",
                table: "mails");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "name",
                table: "members",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "recipient_name",
                table: "mails",
                type: "text",
                nullable: false,
                defaultValue: "");
        }
    }
}
