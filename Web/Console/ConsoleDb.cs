using Microsoft.EntityFrameworkCore;
using Shop.Design;
using Shop.Design.Keys;
using Shop.Design.Sessions;

namespace Shop.Console;

/// <summary>Sessions, and the keys that encrypt what is in them. Everything else belongs to the services.</summary>
internal sealed class ConsoleDb(DbContextOptions<ConsoleDb> options) : DbContext(options)
{
    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddSessions();
}
