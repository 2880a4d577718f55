using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>
/// The keys of this process, from <c>Keys:Directory</c>: <c>{issuer}.public.pem</c> of everybody, and
/// <c>{issuer}.private.pem</c> only of those it may sign as.
/// </summary>
public sealed class KeyRing : IDisposable
{
    private readonly string _directory;
    private readonly ConcurrentDictionary<string, SigningKey> _signing = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyDictionary<string, VerifyingKey>> _verifyingById;

    public KeyRing(IOptions<KeyOptions> options)
        : this(options.Value.Directory)
    {
    }

    public KeyRing(string directory)
    {
        _directory = directory;
        _verifyingById = new(LoadVerifyingKeys);
    }

    /// <summary>Public keys as JSON Web Keys (RFC 7517), for whoever verifies tokens outside.</summary>
    public JsonWebKeySet ToJsonWebKeySet() => new([.. _verifyingById.Value.Values.Select(key => key.ToJsonWebKey())]);

    public void Dispose()
    {
        foreach (var key in _signing.Values)
        {
            key.Dispose();
        }

        if (_verifyingById.IsValueCreated)
        {
            foreach (var key in _verifyingById.Value.Values)
            {
                key.Dispose();
            }
        }
    }

    internal string Directory => _directory;

    internal SigningKey SigningKey(string issuer) =>
        _signing.GetOrAdd(issuer, name => new SigningKey(name, KeyFiles.ReadPrivate(_directory, name)));

    internal VerifyingKey? VerifyingKeyById(string keyId) => _verifyingById.Value.GetValueOrDefault(keyId);

    internal VerifyingKey? VerifyingKeyOf(string issuer) =>
        _verifyingById.Value.Values.FirstOrDefault(key => key.Issuer == issuer);

    private Dictionary<string, VerifyingKey> LoadVerifyingKeys() =>
        KeyFiles.PublicKeys(_directory)
            .Select(file => new VerifyingKey(file.Issuer, file.Key))
            .ToDictionary(key => key.KeyId, StringComparer.Ordinal);
}
