using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Marketplace.ServiceDefaults.Database;

public static class UniqueViolation
{
    /// <summary>
    /// True when a save failed because a row like it exists: the database decides who was first, also between two
    /// requests at once. <c>catch (DbUpdateException failure) when (failure.IsDuplicateOf("ix_farms_slug"))</c>
    /// </summary>
    /// <param name="constraint">The name of the unique index or constraint.</param>
    public static bool IsDuplicateOf(this DbUpdateException failure, string constraint)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation
            && violation.ConstraintName == constraint;
    }
}
