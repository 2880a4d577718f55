using Microsoft.Extensions.Configuration.Memory;

namespace Marketplace.Standalone;

internal static class DataFolderExtensions
{
    /// <summary>The data folder's places come first, so that every other source overrides them.</summary>
    public static DataFolder AddDataFolder(this WebApplicationBuilder builder)
    {
        var data = DataFolder.Open(builder.Configuration);
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Urls"] = "http://127.0.0.1:8080",
                ["Keys:Directory"] = data.Keys,
                ["Proxy:ShareLogDirectory"] = data.ShareLog,
                ["Journal:HeadFile"] = data.JournalHeads,
                ["Stratum:CertificateFile"] = data.StratumCertificate,
                ["Stratum:CertificateKeyFile"] = data.StratumCertificateKey,
            },
        });
        return data;
    }
}
