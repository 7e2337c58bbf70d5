using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Notifications.Mails;

internal sealed class MailTable : IEntityTypeConfiguration<Mail>
{
    public void Configure(EntityTypeBuilder<Mail> mail)
    {
        mail.ToTable(table =>
        {
            table.HasCheckConstraint("ck_mails_status_is_known", "status in ('waiting', 'sent', 'failed')");
            table.HasCheckConstraint("ck_mails_has_ended_or_waits", "(status = 'waiting') = (ended_at is null)");
            table.HasCheckConstraint("ck_mails_is_leased_only_while_it_waits", "leased_by is null or status = 'waiting'");
        });
        mail.Property(m => m.Id).ValueGeneratedNever();

        // The replicas' query for due mails.
        mail.HasIndex(m => m.DueAt).HasFilter("status = 'waiting'");
        // What a dead replica has left.
        mail.HasIndex(m => m.LeasedBy).HasFilter("leased_by is not null");
        // For the figures.
        mail.HasIndex(m => new { m.Status, m.CreatedAt }).HasFilter("status <> 'sent'");
        // For the purge.
        mail.HasIndex(m => m.EndedAt);
    }
}
