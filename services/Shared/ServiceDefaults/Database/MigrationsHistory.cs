namespace Marketplace.ServiceDefaults.Database;

/// <summary>
/// Each context has a history of its own: in a shared one an equal migration id would be skipped in silence.
/// </summary>
public static class MigrationsHistory
{
    public static string TableOf(string service) => $"migrations_{service}";
}
