namespace Shop.Console.Actions;

/// <summary>Something that an operator does, after a page that asks whether and why.</summary>
/// <param name="Name">In texts: <c>action.{name}</c>, <c>action.{name}.text</c> and <c>done.{name}</c>.</param>
/// <param name="Page">Where to go when the form does not say where it came from.</param>
/// <param name="Send">Sends it to the API.</param>
internal sealed record OperatorAction(string Name, Func<ActionRequest, string> Page, Func<ActionRequest, CancellationToken, Task<ActionOutcome>> Send)
{
    /// <summary>The longest reason that the API takes; null: it keeps none.</summary>
    public int? LongestReason { get; init; }

    /// <summary>It cannot be undone.</summary>
    public bool IsDangerous { get; init; }

    /// <summary>Other values that go from the address of the confirmation into its form.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Where the thing can be looked at afterwards, whatever the outcome, although the list that the action came from may no longer have it; null: on the page that it came from.</summary>
    public Func<ActionRequest, string>? Afterwards { get; init; }

    /// <summary>What the operator should see before; an unavailable part is left out.</summary>
    public Func<ActionRequest, CancellationToken, Task<IReadOnlyList<Fact>>>? Describe { get; init; }
}

/// <summary>The API's answer.</summary>
/// <param name="Numbers">As many as the result's text has places for.</param>
internal sealed record ActionOutcome(params IReadOnlyList<long> Numbers)
{
    /// <summary>False: it was interrupted, and more of it may have been done.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Details.</summary>
    public IReadOnlyList<string>? Lines { get; init; }

    public static ActionOutcome Done { get; } = new();
}

/// <param name="Label">A key of texts.</param>
public sealed record Fact(string Label, string Value);
