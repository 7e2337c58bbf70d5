namespace Shop.Sagas.Inspection;

/// <summary>What became of an operator's request to compensate a saga.</summary>
public enum CompensationRequest
{
    /// <summary>No saga has this id.</summary>
    Unknown,

    /// <summary>The saga compensates now, or did so already.</summary>
    Accepted,

    /// <summary>Its pivot is done: it can only go forward. Nothing was changed.</summary>
    PastPivot,

    /// <summary>It has completed or compensated. Nothing was changed.</summary>
    Ended,
}
