using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Members.Sessions;

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.HasOne<Accounts.Account>().WithMany().HasForeignKey(s => s.MemberId);
        session.HasIndex(s => s.MemberId);
        session.HasIndex(s => s.ExpiresAt);

        session.Property(s => s.Id).ValueGeneratedNever();
    }
}
