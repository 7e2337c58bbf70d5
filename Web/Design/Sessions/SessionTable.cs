using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Design.Sessions;

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable(table => table.HasCheckConstraint("ck_sessions_member_has_tokens", "(member_id is null) = (tokens is null)"));
        session.HasKey(s => s.IdHash);
        session.Property(s => s.Content).HasColumnType("jsonb");
        session.Ignore(s => s.IsSignedIn);
        // Signing out everywhere; housekeeping.
        session.HasIndex(s => s.MemberId);
        session.HasIndex(s => s.ExpiresAt);
    }
}
