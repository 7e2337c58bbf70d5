using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Shop.Sagas;

namespace Shop.Messaging.Tests.Support;

internal sealed class TestDb(DbContextOptions<TestDb> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Entry> Entries => Set<Entry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddSagas();
        modelBuilder.Entity<Account>().ToTable("account");
        modelBuilder.Entity<Entry>().ToTable("entry");
    }
}

internal sealed class Account
{
    public required string Id { get; init; }
    public long Balance { get; set; }
    public long Sequence { get; set; }
}

/// <summary>One row per effect of a handler, in order.</summary>
internal sealed class Entry
{
    public long Id { get; init; }
    public required string Account { get; init; }
    public required long Sequence { get; init; }
    public required string Consumer { get; init; }
}

[DbContext(typeof(TestDb))]
[Migration("20260101000000_First")]
internal sealed class First : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        create table account (id text primary key, balance bigint not null, sequence bigint not null);
        create table entry (id bigint generated always as identity primary key, account text not null, sequence bigint not null, consumer text not null);
        """);
}
