namespace Shop.Chaos.Reporting;

/// <summary>What was unusual about requests and answers.</summary>
/// <param name="Unexpected">Answers that the plan does not explain: violations.</param>
/// <param name="Unanswered">Requests that were given up: violations.</param>
/// <param name="Refusals">By reason: all of them are legal.</param>
/// <param name="Repeats">Requests that were sent again, because the outcome was in doubt or on purpose.</param>
/// <param name="Failures">Answers 500, which were repeated.</param>
public sealed record RequestFigures(
    IReadOnlyList<string> Unexpected, IReadOnlyList<string> Unanswered, IReadOnlyDictionary<string, int> Refusals, int Repeats, int Failures);
