namespace Marketplace.PrivatePostgres;

/// <summary>SQL for psql, whose <c>\gexec</c> runs each row that a query returns.</summary>
internal static class Scripts
{
    public const string EnsureRole = """
        SELECT format('CREATE ROLE %I LOGIN', :'owner')
        WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'owner') \gexec
        ALTER ROLE :"owner" PASSWORD :'password';

        """;

    public const string EnsureDatabase = """
        SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner')
        WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
        REVOKE CONNECT, TEMPORARY ON DATABASE :"database" FROM PUBLIC;

        """;

    public const string DropDatabases = """
        SELECT format('DROP DATABASE IF EXISTS %I WITH (FORCE)', datname)
        FROM pg_database WHERE starts_with(datname, :'prefix') \gexec

        """;
}
