using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Notifications.Members;

internal sealed class MemberTable : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> member)
    {
        member.ToTable(table => table.HasCheckConstraint("ck_members_language_is_known", "language in ('ko', 'en')"));
        member.Property(m => m.Id).ValueGeneratedNever();
    }
}
