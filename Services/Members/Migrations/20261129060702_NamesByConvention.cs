using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Members.Migrations
{
    /// <summary>Tables, keys and indexes are named by EFCore.NamingConventions. Renamed only: no index is built again.</summary>
    public partial class NamesByConvention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter table sessions rename constraint fk_sessions_member to fk_sessions_accounts_member_id;
            alter index ix_accounts_special_role rename to ix_accounts_role;
            alter index ux_accounts_normalised_email rename to ix_accounts_normalised_email;
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            alter index ix_accounts_normalised_email rename to ux_accounts_normalised_email;
            alter index ix_accounts_role rename to ix_accounts_special_role;
            alter table sessions rename constraint fk_sessions_accounts_member_id to fk_sessions_member;
            """);
    }
}
