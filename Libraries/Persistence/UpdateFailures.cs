using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.Persistence;

/// <summary>Classifies a failure of SaveChanges by its cause.</summary>
public static class UpdateFailures
{
    /// <summary>True: another row has the same key, or the same values of a unique index.</summary>
    /// <param name="constraints">The names of the keys or indexes that are meant; none: all.</param>
    public static bool IsUniqueViolation(this DbUpdateException failure, params string[] constraints) =>
        failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation
        && (constraints.Length == 0 || constraints.Contains(violation.ConstraintName));
}
