using Npgsql;
using Shop.DatabaseSetup;
using Shop.Testing;

namespace Shop.AppHost.Tests;

public sealed class DatabaseSetupTests : IAsyncLifetime
{
    private PostgresServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_service_gets_a_database_of_its_own_and_may_make_tables_in_it()
    {
        await MakeAsync("ordering", "one");
        await ExecuteAsync("ordering", "one", "ordering", "create extension pg_trgm; create schema messaging; create table messaging.t (id int)");
    }

    [Theory]
    [InlineData("payments")]
    [InlineData("postgres")]
    [InlineData("template1")]
    public async Task A_role_can_reach_no_other_database(string other)
    {
        await MakeAsync("ordering", "one");
        await MakeAsync("payments", "two");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync("ordering", "one", other, "select 1"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_name_with_a_hyphen_and_a_password_with_a_quote_are_fine()
    {
        await MakeAsync("payment-provider", "it's");
        await ExecuteAsync("payment-provider", "it's", "payment-provider", "create table t (id int)");
    }

    [Fact]
    public async Task Another_start_keeps_the_data_and_takes_the_present_password()
    {
        await MakeAsync("ordering", "old");
        await ExecuteAsync("ordering", "old", "ordering", "create table kept (id int)");

        await MakeAsync("ordering", "new");

        await ExecuteAsync("ordering", "new", "ordering", "select * from kept");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync("ordering", "old", "ordering", "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task Several_setups_at_once_wait_for_each_other() =>
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MakeAsync("ordering", "one")));

    private Task MakeAsync(string service, string password)
    {
        var superuser = new NpgsqlConnectionStringBuilder(_server.Connection("postgres"));
        superuser.Remove("Database");
        return RoleAndDatabase.EnsureAsync(superuser.ConnectionString, service, password, TestContext.Current.CancellationToken);
    }

    private async Task ExecuteAsync(string user, string password, string database, string sql)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(_server.Connection(database)) { Username = user, Password = password, Pooling = false };
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
