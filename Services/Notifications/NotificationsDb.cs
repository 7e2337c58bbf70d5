using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Notifications.Mails;
using Shop.Notifications.Members;
using Shop.Notifications.Notices;

namespace Shop.Notifications;

/// <summary>What Notifications owns. Each entity's mapping is in the same folder.</summary>
internal sealed class NotificationsDb(DbContextOptions<NotificationsDb> options) : DbContext(options)
{
    public DbSet<Member> Members => Set<Member>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<WaitingNotification> WaitingNotifications => Set<WaitingNotification>();

    public DbSet<Mail> Mails => Set<Mail>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NotificationsDb).Assembly);
    }
}
