namespace Marketplace.PrivatePostgres;

/// <summary>The whole <c>postgresql.conf</c>: written at every start, so that the options are what runs.</summary>
internal static class ServerSettings
{
    public static string Text(PrivatePostgresOptions options, ServerFolder folder, int port)
    {
        var durable = options.Durable ? "on" : "off";
        return $"""
            listen_addresses = '127.0.0.1'
            port = {port}
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'

            max_connections = {options.MaxConnections}
            shared_buffers = {options.SharedBuffersMegabytes}MB
            work_mem = 4MB
            maintenance_work_mem = 32MB
            max_wal_size = 256MB
            min_wal_size = 32MB
            max_worker_processes = 4
            max_parallel_workers_per_gather = 0
            autovacuum_max_workers = 2
            dynamic_shared_memory_type = posix

            fsync = {durable}
            synchronous_commit = {durable}
            full_page_writes = {durable}

            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C.UTF-8'
            logging_collector = on
            log_directory = '{folder.Log.Replace("'", "''", StringComparison.Ordinal)}'
            log_filename = 'postgresql-%a.log'
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            log_rotation_size = 0
            log_line_prefix = '%m [%p] %q%u@%d '

            """;
    }
}
