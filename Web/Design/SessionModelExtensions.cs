using Microsoft.EntityFrameworkCore;
using Shop.Design.Keys;
using Shop.Design.Sessions;

namespace Shop.Design;

internal static class SessionModelExtensions
{
    /// <summary>Maps sessions and Data Protection keys in a program's context.</summary>
    public static void AddSessions(this ModelBuilder model) =>
        model.ApplyConfiguration(new SessionTable()).ApplyConfiguration(new DataProtectionKeyTable());
}
