namespace Shop.SystemTests.FailureMatrix;

/// <summary>What happens to one call: the columns of the matrix. In all but the last two groups it happens to the first call only.</summary>
public enum Fault
{
    Refused,
    Transient,
    TimeoutBefore,
    TimeoutAfter,
    OrderingKilledBefore,
    OrderingKilledAfter,
    OrderingKilledStored,
    UpstreamKilledBefore,
    UpstreamKilledAfter,
    DatabaseRestartedBefore,
    DatabaseRestartedAfter,
}

internal static class FaultNames
{
    public static string Title(this Fault fault) => fault switch
    {
        Fault.Refused => "refused",
        Fault.Transient => "UNAVAILABLE, then success",
        Fault.TimeoutBefore => "timeout before the effect",
        Fault.TimeoutAfter => "timeout after the effect",
        Fault.OrderingKilledBefore => "Ordering killed before the effect",
        Fault.OrderingKilledAfter => "Ordering killed after the effect, without the answer",
        Fault.OrderingKilledStored => "Ordering killed after the outcome is stored",
        Fault.UpstreamKilledBefore => "the upstream killed before the effect",
        Fault.UpstreamKilledAfter => "the upstream killed after the effect, without the answer",
        Fault.DatabaseRestartedBefore => "the databases killed before the effect",
        Fault.DatabaseRestartedAfter => "the databases killed after the effect",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    /// <summary>The call is repeated after the fault. Null: whether it is depends on timing.</summary>
    public static bool? IsRepeated(this Fault fault) => fault switch
    {
        Fault.OrderingKilledStored => false,
        Fault.DatabaseRestartedBefore or Fault.DatabaseRestartedAfter => null,
        _ => true,
    };

    /// <summary>The call waits at the proxy until the test has killed something.</summary>
    public static bool IsHeld(this Fault fault) => fault >= Fault.OrderingKilledBefore;
}
