
namespace Shop.Sagas;

/// <summary>A saga's state.</summary>
public enum SagaStatus
{
    /// <summary>Going forward.</summary>
    Running,
    /// <summary>Undoing its steps. It never goes forward again.</summary>
    Compensating,
    /// <summary>Ended: all steps done.</summary>
    Completed,
    /// <summary>Ended: all attempted steps undone.</summary>
    Compensated,
}
