using System.Security.Cryptography;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>Key pairs as PEM files: P-256, private ones readable by their owner alone.</summary>
public static class KeyFiles
{
    private const string PrivateSuffix = ".private.pem";
    private const string PublicSuffix = ".public.pem";

    /// <summary>The pair that passwords of pools are sealed to; only the proxy holds its private half.</summary>
    public const string SecretsKeyName = "proxy-secrets";

    /// <summary>
    /// Makes the key pairs that are missing, for development and private instances; production mounts them. Safe when
    /// several processes start at once: they take turns.
    /// </summary>
    /// <param name="issuers">Names such as <c>identity</c>, <c>proxy.node-1</c>, <see cref="SecretsKeyName"/>.</param>
    public static async Task EnsureAsync(
        string directory, IEnumerable<string> issuers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        Directory.CreateDirectory(directory);
        string[] missing = [.. issuers.Where(issuer => !IsComplete(directory, issuer))];
        if (missing.Length == 0)
        {
            return;
        }

        using var turn = await KeyFolderTurn.TakeAsync(directory, cancellationToken);
        foreach (var issuer in missing)
        {
            await EnsurePairAsync(directory, issuer, cancellationToken);
        }
    }

    internal static ECDsa ReadPrivate(string directory, string issuer)
    {
        var path = Path.Combine(directory, issuer + PrivateSuffix);
        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"This process may not sign as '{issuer}': {path} is not there.");
        }

        return Import(path);
    }

    internal static IEnumerable<(string Issuer, ECDsa Key)> PublicKeys(string directory) =>
        Directory.EnumerateFiles(directory, "*" + PublicSuffix)
            .Select(path => (Path.GetFileName(path)[..^PublicSuffix.Length], Import(path)));

    internal static string ReadPem(string directory, string name, bool isPrivate)
    {
        var path = Path.Combine(directory, name + (isPrivate ? PrivateSuffix : PublicSuffix));
        return File.Exists(path)
            ? File.ReadAllText(path)
            : throw new InvalidOperationException($"The key {path} is not there.");
    }

    private static bool IsComplete(string directory, string issuer) =>
        File.Exists(Path.Combine(directory, issuer + PrivateSuffix))
        && File.Exists(Path.Combine(directory, issuer + PublicSuffix));

    private static async Task EnsurePairAsync(string directory, string issuer, CancellationToken cancellationToken)
    {
        var privatePath = Path.Combine(directory, issuer + PrivateSuffix);
        if (!File.Exists(privatePath))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            await WriteAsync(privatePath, made.ExportPkcs8PrivateKeyPem(), isPrivate: true, cancellationToken);
        }

        var publicPath = Path.Combine(directory, issuer + PublicSuffix);
        if (!File.Exists(publicPath))
        {
            using var key = Import(privatePath);
            await WriteAsync(publicPath, key.ExportSubjectPublicKeyInfoPem(), isPrivate: false, cancellationToken);
        }
    }

    /// <summary>A half-written key must never be read, so the file appears complete or not at all.</summary>
    internal static async Task WriteAsync(
        string path, string pem, bool isPrivate, CancellationToken cancellationToken)
    {
        var unfinished = $"{path}.{Path.GetRandomFileName()}.unfinished";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = isPrivate
                ? UnixFileMode.UserRead | UnixFileMode.UserWrite
                : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        }

        await using (var writer = new StreamWriter(unfinished, options))
        {
            await writer.WriteAsync(pem.AsMemory(), cancellationToken);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private static ECDsa Import(string path)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }
}
