using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Sagas.Definition;

/// <summary>The sagas of this service, by name and by state type.</summary>
internal sealed class SagaCatalog
{
    private readonly IServiceScopeFactory _scopes;
    private readonly Dictionary<string, Type> _byName;
    private readonly Dictionary<Type, Type> _byState;
    private readonly ConcurrentDictionary<Type, SagaDefinition> _definitions = [];

    public SagaCatalog(RegisteredSagas registered, IServiceScopeFactory scopes)
    {
        _scopes = scopes;
        _byName = registered.Types.ToDictionary(saga => saga.Name);
        _byState = registered.Types.ToDictionary(Saga.StateTypeOf);
        Names = [.. _byName.Keys];
    }

    public string[] Names { get; }

    /// <summary>The definition by state type, for its metadata (name, deadline, state): not bound to a run.</summary>
    public SagaDefinition OfState(Type state) => _byState.TryGetValue(state, out var saga)
        ? _definitions.GetOrAdd(saga, Create)
        : throw new InvalidOperationException($"No saga has the state {state.Name}: AddSagas(… .Runs<…>()).");

    /// <summary>The same by name; null if this service does not, or no longer, run it.</summary>
    public SagaDefinition? OfName(string name) => _byName.TryGetValue(name, out var saga) ? _definitions.GetOrAdd(saga, Create) : null;

    /// <summary>The saga bound to the services of a scope, for a run.</summary>
    public SagaDefinition Bind(string name, IServiceProvider scope) => ((Saga)scope.GetRequiredService(_byName[name])).Read();

    /// <summary>Builds every definition, so that an invalid one fails at start and not at the first saga.</summary>
    public void Verify()
    {
        foreach (var saga in _byName.Values)
            _definitions.GetOrAdd(saga, Create);
    }

    private SagaDefinition Create(Type saga)
    {
        using var scope = _scopes.CreateScope();
        return Bind(saga.Name, scope.ServiceProvider);
    }
}
