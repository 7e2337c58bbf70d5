using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Notifications.Notices;

internal sealed class WaitingNotificationTable : IEntityTypeConfiguration<WaitingNotification>
{
    public void Configure(EntityTypeBuilder<WaitingNotification> waiting)
    {
        waiting.Property(w => w.Id).ValueGeneratedNever();
        waiting.HasIndex(w => new { w.Kind, w.SubjectId }).IsUnique();
        waiting.HasIndex(w => w.MemberId);
    }
}
