namespace Shop.Sagas.Testing;

/// <summary>A saga as it defines itself. Immutable.</summary>
public sealed class SagaOutline
{
    internal SagaOutline(string saga, IReadOnlyList<StepOutline> steps, string finish, string onFailure) =>
        (Saga, Steps, Finish, OnFailure) = (saga, steps, finish, onFailure);

    /// <summary>The saga's class name.</summary>
    public string Saga { get; }

    /// <summary>All steps, in the order of the definition.</summary>
    public IReadOnlyList<StepOutline> Steps { get; }

    /// <summary>The name of the local transaction after all steps.</summary>
    public string Finish { get; }

    /// <summary>The name of the local transaction after the compensation.</summary>
    public string OnFailure { get; }
}

/// <summary>A step as its saga defines it, with the gRPC methods that it calls when every call succeeds. Immutable.</summary>
public sealed class StepOutline
{
    internal StepOutline(string name, bool isPivot, IReadOnlyList<string> calls, IReadOnlyList<string>? undo) =>
        (Name, IsPivot, Calls, Undo) = (name, isPivot, calls, undo);

    /// <summary>The step's name.</summary>
    public string Name { get; }

    /// <summary>The saga's point of no return.</summary>
    public bool IsPivot { get; }

    /// <summary>The methods in the order of the calls: "/shop.inventory.v1.InventoryService/Reserve". Empty: the step calls no other service.</summary>
    public IReadOnlyList<string> Calls { get; }

    /// <summary>The same of the compensation; null: there is none.</summary>
    public IReadOnlyList<string>? Undo { get; }
}
