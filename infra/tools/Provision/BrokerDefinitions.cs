using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Marketplace.Provision;

/// <summary>
/// A broker's definitions: a virtual host and a user per service, passwords as salted hashes. A service may write only
/// to the exchanges of its own messages: nobody but the proxy can publish a meter reading. A queue's own exchange stays
/// open to all, because every process declares all queues; a reading that came that way fails its signature.
/// </summary>
internal static class BrokerDefinitions
{
    private const int SaltBytes = 4;

    private const string Everything = ".*";

    /// <summary>The namespace of each publisher's messages, as their exchanges are named.</summary>
    private static readonly Dictionary<string, string> Publishers = new()
    {
        ["identity"] = "Identity",
        ["catalog"] = "Catalog",
        ["ordering"] = "Ordering",
        ["billing"] = "Billing",
        ["proxy"] = "HashrateProxy",
    };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Json(string virtualHost, IReadOnlyDictionary<string, string> passwords)
    {
        var definitions = new
        {
            vhosts = new[] { new { name = virtualHost } },
            users = passwords.Select(one => new
            {
                name = one.Key,
                password_hash = Hash(one.Value),
                hashing_algorithm = "rabbit_password_hashing_sha256",
                tags = "",
            }),
            permissions = passwords.Keys.Select(service => new
            {
                user = service,
                vhost = virtualHost,
                configure = Everything,
                write = WritableBy(service),
                read = Everything,
            }),
        };
        return JsonSerializer.Serialize(definitions, Indented) + "\n";
    }

    private static string WritableBy(string user) => Publishers.TryGetValue(user, out var publisher)
        ? $@"^(?!Marketplace\.Messages\.)|^Marketplace\.Messages\.{publisher}:"
        : Everything;

    /// <summary>RabbitMQ's own form: base64 of the salt and the SHA-256 of salt and password.</summary>
    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}
