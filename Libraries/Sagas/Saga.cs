using Shop.Sagas.Definition;

namespace Shop.Sagas;

/// <summary>
/// A business transaction over several services: steps, each with what undoes it. A step is done, refused, or not known (it threw); the engine decides about retry,
/// compensation, deadline, lease and log. No step knows about any of these.
/// </summary>
public abstract class Saga<TState> : Saga where TState : class
{
    protected abstract void Define(ISagaBuilder<TState> saga);

    internal sealed override SagaDefinition Read()
    {
        var builder = new SagaBuilder<TState>(GetType().Name);
        Define(builder);
        return builder.Build();
    }
}

/// <summary>Derive from <see cref="Saga{TState}"/>.</summary>
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
