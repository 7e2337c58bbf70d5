using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Sagas.Definition;

namespace Shop.Sagas;

/// <summary>Which sagas a service runs.</summary>
public sealed class SagasBuilder
{
    private readonly IServiceCollection _services;
    private readonly RegisteredSagas _sagas;

    internal SagasBuilder(IServiceCollection services, RegisteredSagas sagas) => (_services, _sagas) = (services, sagas);

    /// <summary>The service runs this saga; its state starts it (<c>db.Start</c>).</summary>
    /// <exception cref="InvalidOperationException">Another one has the same name or the same state.</exception>
    public SagasBuilder Runs<TSaga>() where TSaga : Saga
    {
        _sagas.Add(typeof(TSaga));
        _services.TryAddScoped<TSaga>();
        return this;
    }
}
