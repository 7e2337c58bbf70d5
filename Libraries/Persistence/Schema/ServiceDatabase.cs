using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Persistence.Schema;

/// <summary>Which context is the service's own: Messaging's workers take it from their scope without knowing its type.</summary>
public sealed record ServiceDatabase(Type ContextType)
{
    public DbContext Of(IServiceProvider scope) => (DbContext)scope.GetRequiredService(ContextType);
}
