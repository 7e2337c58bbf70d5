namespace Shop.ServiceDefaults.Errors;

/// <summary>SQLSTATEs (PostgreSQL's appendix A) of temporary states of the server. Errors of the statement or its values are not included.</summary>
internal static class TransientSqlStates
{
    private static readonly HashSet<string> Codes =
    [
        "25006",   // read-only: a replica before it is promoted
        "25P03",   // the transaction was idle for too long
        "25P04",   // … or ran for too long
        "40001",   // not serializable
        "40003",   // the outcome of the statement is unknown
        "40P01",   // deadlock
        "55000",   // recovery is in progress
        "55006",   // in use
        "55P03",   // lock timeout
        "57014",   // cancelled: by a timeout or by an operator
        "58000", "58030",   // the server's own system or I/O error
    ];

    private static readonly string[] Classes =
    [
        "08",    // connection
        "28",    // a role that does not exist yet, or a password that is being changed
        "3D",    // a database that does not exist yet
        "53",    // disk, memory, connections
        "57P",   // shutting down, starting up, crashed
    ];

    public static bool Contains(string state) => Codes.Contains(state) || Classes.Any(start => state.StartsWith(start, StringComparison.Ordinal));
}
