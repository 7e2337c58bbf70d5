using System.Text.Json;

namespace Shop.Sagas.Definition;

/// <summary>A saga's steps, bound to one instance of its class. State is passed as object: the engine does not know its type.</summary>
internal sealed record SagaDefinition(
    string Type, TimeSpan Within, IReadOnlyList<SagaStep> Steps, int? Pivot,
    SagaLastStep Finish, SagaLastStep OnFailure, Type StateType)
{
    private static readonly JsonSerializerOptions StateFormat = new(JsonSerializerDefaults.Web);

    public object ReadState(string json) => JsonSerializer.Deserialize(json, StateType, StateFormat)
        ?? throw new InvalidOperationException($"{Type} has no state.");

    public string WriteState(object state) => JsonSerializer.Serialize(state, StateType, StateFormat);

    /// <summary>The first applicable step at or after <paramref name="from"/>; the number of steps if there is none.</summary>
    public int NextForward(int from, object state)
    {
        while (from < Steps.Count && !Steps[from].Applies(state))
            from++;
        return from;
    }

    /// <summary>The last step at or before <paramref name="from"/> that has a compensation; −1 if there is none.</summary>
    public int NextBack(int from, object state)
    {
        while (from >= 0 && (Steps[from].Undo is null || !Steps[from].Applies(state)))
            from--;
        return from;
    }

    /// <summary>
    /// The furthest step that may have been attempted when <paramref name="written"/> is the one in the saga's row: outcomes up to the pivot are buffered in memory,
    /// and the row is written before the pivot starts.
    /// </summary>
    /// <param name="written">Null: the first step. The end's name: all steps.</param>
    public string FurthestNameFrom(string? written)
    {
        var index = written is null ? 0 : written == Finish.Name ? Steps.Count : IndexOf(written);
        return Steps[index <= LastBeforePivot ? LastBeforePivot : Steps.Count - 1].Name;
    }

    /// <summary>At its pivot it counts as past it if the pivot has no compensation: its outcome may be unknown.</summary>
    /// <param name="written">The step in the saga's row; null: the first.</param>
    public bool IsPastPivot(string? written)
    {
        if (Pivot is not { } pivot)
            return false;
        if (written == Finish.Name)
            return true;

        var index = written is null ? 0 : IndexOf(written);
        return index > pivot || (index == pivot && Steps[pivot].Undo is null);
    }

    /// <summary>−1 when the pivot is the first step.</summary>
    public int LastBeforePivot => (Pivot ?? Steps.Count) - 1;

    public int IndexOf(string name)
    {
        for (var i = 0; i < Steps.Count; i++)
        {
            if (Steps[i].Name == name)
                return i;
        }
        throw new InvalidOperationException($"{Type} has no step '{name}', or no longer: a step must not be renamed or removed while sagas are at it.");
    }
}

/// <summary>The end of a saga, in either direction. Its name is stored in the saga's row and log.</summary>
internal sealed record SagaLastStep(string Name, Func<object, StepContext, CancellationToken, Task>? Do);

internal sealed record SagaStep(
    string Name, Func<object, StepContext, CancellationToken, Task<StepResult>> Do, Func<object, StepContext, CancellationToken, Task<StepResult>>? Undo, Func<object, bool>? When)
{
    public bool Applies(object state) => When is null || When(state);
}
