using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Ordering.Migrations
{
    /// <summary>The days of <c>placed_request</c> are made and dropped with those of the libraries' tables, by <c>AddDayPartitions</c>.</summary>
    public partial class DaysByMessaging : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            drop function tidy_placed_requests(timestamptz, interval);
            drop function add_placed_request_day(date);
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            create function add_placed_request_day(day date) returns void language sql as $$
                select persistence.ensure_day('placed_request', 'placed_at', day)
            $$;

            create function tidy_placed_requests(at timestamptz, kept interval) returns void language plpgsql set lock_timeout = '2s' as $$
            declare
                today date := (at at time zone 'UTC')::date;
            begin
                perform add_placed_request_day(today);
                perform add_placed_request_day(today + 1);
                perform persistence.drop_days('placed_request', 'placed_at', kept, 'false');
            end $$;
            """);
    }
}
