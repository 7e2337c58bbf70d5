using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Sagas.Definition;

namespace Shop.Sagas;

/// <summary>Registers the sagas of a service. Used during registration, by one thread.</summary>
public sealed class SagasBuilder
{
    private readonly IServiceCollection _services;
    private readonly RegisteredSagas _sagas;

    internal SagasBuilder(IServiceCollection services, RegisteredSagas sagas) => (_services, _sagas) = (services, sagas);

    /// <summary>Registers a saga as a scoped service; <c>db.Start</c> with its state starts it.</summary>
    /// <exception cref="InvalidOperationException">Another saga has the same name or the same state type.</exception>
    public SagasBuilder Runs<TSaga>() where TSaga : Saga
    {
        _sagas.Add(typeof(TSaga));
        _services.TryAddScoped<TSaga>();
        return this;
    }
}
