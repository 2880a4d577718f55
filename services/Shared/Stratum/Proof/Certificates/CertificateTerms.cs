using System.Buffers.Text;
using System.Security.Cryptography;
using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>What was agreed, as the certificate states it: compare it with the order. Heads do not cover it.</summary>
/// <param name="ContractId">Whose certificate it is.</param>
/// <param name="Algorithm">How headers are hashed and work is counted.</param>
/// <param name="Hashrate">What was promised.</param>
/// <param name="StartAt">When it began.</param>
/// <param name="EndAt">When it ends or ended.</param>
/// <param name="ProofDifficulty">
/// Null for a complete certificate; a compact one shows the shares that meet this, and work is counted at it.
/// </param>
/// <param name="Keys">Whose signatures the heads carry. Trust them only as far as they are known from
/// elsewhere.</param>
public sealed record CertificateTerms(
    ContractId ContractId,
    Algorithm Algorithm,
    Hashrate Hashrate,
    DateTimeOffset StartAt,
    DateTimeOffset EndAt,
    Difficulty? ProofDifficulty,
    IReadOnlyList<NodeKey> Keys)
{
    /// <summary>Shares a compact certificate is expected to show: 2.2 % of error at one sigma.</summary>
    public const int CompactShares = 2_000;

    internal const int MaxKeys = byte.MaxValue;

    private const int MaxBytes = 1024 + (MaxKeys * NodeKey.MaxBytes);

    public bool IsCompact => ProofDifficulty is not null;

    /// <summary>False where no hash can choose the shares that are shown.</summary>
    public bool HasCompact => !Algorithm.IsPoolAttested;

    /// <summary>
    /// The same contract in compact mode. The difficulty follows from what was promised and not from what was found, so
    /// that nobody can choose the one at which a run of luck shows best.
    /// </summary>
    public CertificateTerms ToCompact() => this with
    {
        ProofDifficulty = Difficulty.ForWorkPerShare(
            new Work(Hashrate.Over(EndAt - StartAt).Hashes / CompactShares), Algorithm),
    };

    public byte[] ToBody()
    {
        var body = new byte[MaxBytes];
        var writer = new RecordWriter(body);
        writer.Id(ContractId.Value);
        writer.Text(Algorithm.Name, PoolJobRecord.AlgorithmNameBytes);
        writer.UInt128(Hashrate.HashesPerSecond);
        writer.Instant(StartAt);
        writer.Instant(EndAt);
        writer.Flag(IsCompact);
        if (ProofDifficulty is { } difficulty)
        {
            writer.Difficulty(difficulty);
        }

        writer.Byte(checked((byte)Keys.Count));
        foreach (var key in Keys)
        {
            writer.Text(key.NodeName, NodeKey.NodeNameBytes);
            writer.Short(key.PublicKey, NodeKey.PublicKeyBytes);
        }

        return body[..writer.Length];
    }

    /// <exception cref="RecordFormatException">The bytes are no terms.</exception>
    public static CertificateTerms Read(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        var terms = new CertificateTerms(
            new ContractId(reader.Id()),
            reader.Algorithm(),
            reader.Hashrate(),
            reader.Instant(),
            reader.Instant(),
            reader.Flag() ? reader.Difficulty() : null,
            ReadKeys(ref reader));
        reader.End();
        return terms.HasCompact || !terms.IsCompact
            ? terms
            : throw new RecordFormatException($"{terms.Algorithm} has no compact certificate: no hash chooses shares.");
    }

    private static NodeKey[] ReadKeys(ref RecordReader reader)
    {
        var keys = new NodeKey[reader.Byte()];
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = new NodeKey(
                reader.Text(NodeKey.NodeNameBytes), reader.Short(NodeKey.PublicKeyBytes).ToArray());
        }

        return keys;
    }
}

/// <summary>The key a node signs its heads with.</summary>
/// <param name="NodeName">As its heads say it.</param>
/// <param name="PublicKey">P-256, as SubjectPublicKeyInfo in DER.</param>
public sealed record NodeKey(string NodeName, byte[] PublicKey)
{
    internal const int NodeNameBytes = 64;
    internal const int PublicKeyBytes = 200;
    internal const int MaxBytes = 1 + NodeNameBytes + 1 + PublicKeyBytes;

    private const int FingerprintBytes = 12;

    /// <summary>The same fingerprint under which the marketplace publishes its keys.</summary>
    public string Fingerprint => Base64Url.EncodeToString(SHA256.HashData(PublicKey).AsSpan(0, FingerprintBytes));

    /// <exception cref="RecordFormatException">It is no public key.</exception>
    public ECDsa ToKey()
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(PublicKey, out _);
            return key;
        }
        catch (CryptographicException unreadable)
        {
            key.Dispose();
            throw new RecordFormatException($"The key of {NodeName} cannot be read.", unreadable);
        }
    }
}
