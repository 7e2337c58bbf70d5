using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Members.Migrations
{
    /// <summary>
    /// Addresses are compared in NFC now: those that were stored in another form follow, or nobody could sign in with them. Where two accounts come to the same address,
    /// the one that has it in NFC keeps it, else the older one.
    /// </summary>
    public partial class EmailsInOneForm : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                update accounts set normalised_email = normalize(accounts.normalised_email, nfc)
                where accounts.normalised_email is not nfc normalized and not exists (
                    select from accounts other
                    where other.id <> accounts.id and normalize(other.normalised_email, nfc) = normalize(accounts.normalised_email, nfc)
                        and (other.normalised_email is nfc normalized or other.id < accounts.id))
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The forms that they had are not known any more, and every version reads NFC.
        }
    }
}
