using Npgsql;

namespace Shop.SystemTests;

public sealed class DatabasePerServiceTests(RunningShop shop)
{
    [Fact]
    public async Task A_role_reaches_only_its_own_database()
    {
        var own = new NpgsqlConnectionStringBuilder(shop.Info.DatabaseOf("ordering"));
        await using (var connection = new NpgsqlConnection(own.ConnectionString))
            await connection.OpenAsync(TestContext.Current.CancellationToken);

        foreach (var other in new[] { "payments", "members", "postgres" })
        {
            own.Database = other;
            await using var connection = new NpgsqlConnection(own.ConnectionString);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }
}
