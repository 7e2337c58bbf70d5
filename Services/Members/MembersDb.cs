using Microsoft.EntityFrameworkCore;
using Shop.Members.Accounts;
using Shop.Members.Keys;
using Shop.Members.Limits;
using Shop.Members.Sessions;
using Shop.Messaging;

namespace Shop.Members;

/// <summary>What Members owns. Each entity's mapping is in the same folder.</summary>
internal sealed class MembersDb(DbContextOptions<MembersDb> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<GuessedAccount> GuessedAccounts => Set<GuessedAccount>();

    public DbSet<AddressUse> AddressUses => Set<AddressUse>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(MembersDb).Assembly);
    }
}
