using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Notifications.Notices;

internal sealed class NotificationTable : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> notification)
    {
        notification.Property(n => n.Id).ValueGeneratedNever();

        // One of each kind, whatever is delivered how often.
        notification.HasIndex(n => new { n.Kind, n.SubjectId }).IsUnique();
        // A member's, newest first, paged by the id, whose UUIDv7 carries the time.
        notification.HasIndex(n => new { n.MemberId, n.Id }).IsDescending(false, true);
        // To be counted with every page.
        notification.HasIndex(n => n.MemberId).HasFilter("read_at is null");
    }
}
