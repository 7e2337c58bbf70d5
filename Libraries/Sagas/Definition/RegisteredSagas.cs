namespace Shop.Sagas.Definition;

/// <summary>The saga types registered in <c>AddSagas</c>. Not changed once the service runs.</summary>
internal sealed class RegisteredSagas
{
    private readonly List<Type> _types = [];

    public IReadOnlyList<Type> Types => _types;

    public void Add(Type saga)
    {
        var state = Saga.StateTypeOf(saga);
        var same = _types.FirstOrDefault(other => other.Name == saga.Name || Saga.StateTypeOf(other) == state);
        if (same is not null)
            throw new InvalidOperationException($"{saga.Name} and {same.Name} have the same name or the same state type: a state type starts one saga.");
        _types.Add(saga);
    }
}
