using System.ComponentModel.DataAnnotations;
using Marketplace.PrivatePostgres;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Security;

namespace Marketplace.Standalone;

/// <summary>Where Standalone keeps all that must outlive it. Whatever is configured wins over it.</summary>
internal sealed class DataFolder
{
    private readonly string _path;

    private DataFolder(string path) => _path = path;

    public string Keys => Path.Combine(_path, "keys");

    public string StratumCertificate => Path.Combine(_path, "stratum.crt.pem");

    public string StratumCertificateKey => Path.Combine(_path, "stratum.key.pem");

    public string ShareLog => Path.Combine(_path, "share-log");

    public string JournalHeads => Path.Combine(_path, "journal.heads");

    /// <summary>Needed before there is a host that could validate its options, so it validates its own.</summary>
    public static DataFolder Open(IConfiguration configuration)
    {
        var options = configuration.GetSection(StandaloneOptions.Section).Get<StandaloneOptions>() ?? new();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return new DataFolder(Path.GetFullPath(options.DataFolder));
    }

    /// <summary>Starts PostgreSQL for the services that have no connection string, and gives them one.</summary>
    /// <returns>Null when every service has one.</returns>
    public async Task<PrivatePostgresServer?> StartPostgresAsync(
        ConfigurationManager configuration, IEnumerable<IServiceModule> modules)
    {
        string[] homeless = [.. modules.Select(module => module.Name)
            .Where(name => string.IsNullOrEmpty(configuration.GetConnectionString(name)))];
        if (homeless.Length == 0)
        {
            return null;
        }

        var server = await PrivatePostgresServer.StartAsync(
            new PrivatePostgresOptions { DataFolder = _path }, CancellationToken.None);
        try
        {
            foreach (var name in homeless)
            {
                configuration[$"ConnectionStrings:{name}"] =
                    await server.EnsureDatabaseAsync(name, name, CancellationToken.None);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Makes missing keys, and a certificate, in the data folder; those mounted elsewhere are the operator's to make.
    /// </summary>
    public async Task EnsureKeysAsync(IConfiguration configuration, IEnumerable<IServiceModule> modules)
    {
        if (configuration["Keys:Directory"] == Keys)
        {
            var node = configuration["Proxy:NodeName"] ?? "node-1";
            string[] names = [.. modules.Select(module => module.Name), $"proxy.{node}", KeyFiles.SecretsKeyName];
            await KeyFiles.EnsureAsync(Keys, names);
        }

        if (configuration["Stratum:CertificateFile"] == StratumCertificate)
        {
            await CertificateFiles.EnsureSelfSignedAsync(
                StratumCertificate, StratumCertificateKey, TimeProvider.System, CancellationToken.None);
        }
    }
}
