namespace Shop.Console.Results;

/// <summary>What became of an operator's action, for the page that it came from.</summary>
/// <param name="Id">Of the form: the same form is the same action.</param>
/// <param name="Action">The name in texts.</param>
/// <param name="Subject">An id or a name; null: the action has none.</param>
/// <param name="Outcome"><see cref="Running"/>, <see cref="Done"/>, <see cref="Refused"/> or <see cref="Unknown"/>.</param>
/// <param name="Reason">The API's code of the refusal.</param>
/// <param name="Status">The API's status of the refusal.</param>
/// <param name="Numbers">How many things; in the order in which the text names them.</param>
/// <param name="Lines">Details, such as the errors of an import.</param>
/// <param name="Page">Where the subject can be looked at; null: nowhere, or on the page that the action came from.</param>
public sealed record ActionResult(
    Guid Id, string Action, string? Subject, string Outcome, string? Reason = null, int? Status = null, IReadOnlyList<long>? Numbers = null, IReadOnlyList<string>? Lines = null, string? Page = null)
{
    /// <summary>It has begun, and no answer has come.</summary>
    public const string Running = "running";

    /// <summary>The API has done or accepted it.</summary>
    public const string Done = "done";

    /// <summary>The API has refused it: nothing was changed.</summary>
    public const string Refused = "refused";

    /// <summary>The API did not answer: it may have been done.</summary>
    public const string Unknown = "unknown";
}
