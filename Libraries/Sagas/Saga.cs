using Shop.Sagas.Definition;

namespace Shop.Sagas;

/// <summary>
/// A business transaction over several services: steps and their compensations. A step's outcome is done, refused, or unknown (it threw); the engine handles retries,
/// compensation, deadline, lease and log. An instance is resolved from a new scope for each run, and used by one thread at a time.
/// </summary>
public abstract class Saga<TState> : Saga where TState : class
{
    /// <summary>Defines the steps. Also called at start, to validate the definition.</summary>
    protected abstract void Define(ISagaBuilder<TState> saga);

    internal sealed override SagaDefinition Read()
    {
        var builder = new SagaBuilder<TState>(GetType().Name);
        Define(builder);
        return builder.Build();
    }
}

/// <summary>The base of all sagas. Derive from <see cref="Saga{TState}"/>.</summary>
public abstract class Saga
{
    private protected Saga()
    {
    }

    internal abstract SagaDefinition Read();

    internal static Type StateTypeOf(Type saga)
    {
        for (var type = saga; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Saga<>))
                return type.GetGenericArguments()[0];
        }
        throw new InvalidOperationException($"{saga.Name} does not derive from Saga<TState>.");
    }
}
