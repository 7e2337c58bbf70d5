using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Persistence.Schema;

/// <summary>The type of the service's DbContext, which the libraries' workers resolve from their scopes.</summary>
public sealed record ServiceDatabase(Type ContextType)
{
    /// <summary>The scope's context. The scope disposes it.</summary>
    public DbContext Of(IServiceProvider scope) => (DbContext)scope.GetRequiredService(ContextType);
}
