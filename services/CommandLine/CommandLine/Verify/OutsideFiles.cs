using System.Security.Cryptography;
using Marketplace.Stratum.Proof;

namespace Marketplace.CommandLine.Verify;

/// <summary>What a party kept beside the certificate.</summary>
internal static class OutsideFiles
{
    public const string HeadsSuffix = ".heads";

    /// <summary>Reads heads, one a line.</summary>
    /// <param name="paths">Files, or directories of files that end in <see cref="HeadsSuffix"/>.</param>
    /// <exception cref="RecordFormatException">A line is no head, or two heads contradict each other.</exception>
    /// <exception cref="IOException">A path cannot be read.</exception>
    public static KeptHeads ReadHeads(IEnumerable<string> paths)
    {
        var heads = new KeptHeads();
        var files = paths.SelectMany(path => Directory.Exists(path)
            ? Directory.GetFiles(path, $"*{HeadsSuffix}").Order(StringComparer.Ordinal).ToArray()
            : [path]);
        foreach (var file in files)
        {
            foreach (var (number, line) in File.ReadLines(file).Index().Where(line => line.Item.Trim().Length > 0))
            {
                heads.Add(SignedHead.TryParse(line.Trim(), out var head)
                    ? head
                    : throw new RecordFormatException($"Line {number + 1} of {file} is not a head."));
            }
        }

        return heads;
    }
}

/// <summary>Public keys that the caller trusts.</summary>
internal sealed class PinnedKeys : IDisposable
{
    private readonly List<ECDsa> _keys = [];

    /// <exception cref="RecordFormatException">A file holds no public key.</exception>
    public PinnedKeys(IEnumerable<FileInfo> files)
    {
        foreach (var file in files)
        {
            var key = ECDsa.Create();
            _keys.Add(key);
            try
            {
                key.ImportFromPem(File.ReadAllText(file.FullName));
            }
            catch (Exception unreadable) when (unreadable is ArgumentException or CryptographicException)
            {
                throw new RecordFormatException($"{file.Name} holds no public key in PEM.", unreadable);
            }
        }
    }

    public IReadOnlyList<ECDsa> All => _keys;

    public void Dispose() => _keys.ForEach(key => key.Dispose());
}
