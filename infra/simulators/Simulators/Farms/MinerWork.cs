using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json.Nodes;
using Marketplace.Simulators.ProofOfWork;

namespace Marketplace.Simulators.Farms;

/// <summary>A share that was found, ready to be submitted.</summary>
internal sealed record FoundShare(MinerJob Job, int NameIndex, byte[] Extranonce2, uint Nonce, uint? VersionBits);

/// <summary>What a machine hashes: its job, and where in its space it stands. Safe from several threads.</summary>
internal sealed class MinerWork(FirmwareProfile profile, Algorithm algorithm)
{
    /// <summary>Nonces tried before name, version or extranonce2 move on, so that every seam gets used.</summary>
    private const int NoncesPerUnit = 16_384;
    private const int VersionsPerExtranonce2 = 4;
    private const int TopWordShift = 224;

    private readonly Lock _gate = new();
    private byte[] _extranonce1 = [];
    private int _extranonce2SizeBytes;
    private Difficulty _difficulty = Difficulty.Of(1);
    private uint? _mask;
    private MinerJob? _job;
    private ulong _unitIndex;
    private int _nonce;
    private Unit? _unit;

    /// <summary>The granted mask, null to roll nothing; takes effect at once.</summary>
    public void SetMask(uint? mask)
    {
        lock (_gate)
        {
            (_mask, _unit) = (mask, null);
        }
    }

    /// <summary>Takes effect with the next notify.</summary>
    public void SetExtranonce(byte[] extranonce1, int extranonce2SizeBytes)
    {
        lock (_gate)
        {
            (_extranonce1, _extranonce2SizeBytes) = (extranonce1, extranonce2SizeBytes);
        }
    }

    /// <summary>Takes effect with the next notify.</summary>
    public void SetDifficulty(Difficulty difficulty)
    {
        lock (_gate)
        {
            _difficulty = difficulty;
        }
    }

    /// <summary>The new job, or null when it cannot be hashed and the old one goes on.</summary>
    public MinerJob? Notify(JsonArray parameters)
    {
        lock (_gate)
        {
            var job = MinerJob.Read(parameters, _extranonce1, _extranonce2SizeBytes, _difficulty, algorithm);
            if (job is null)
            {
                return null;
            }

            if (profile.Restart == Extranonce2Restart.OnEveryJob || MinerJob.IsClean(parameters))
            {
                (_unitIndex, _nonce) = (0, 0);
            }

            (_job, _unit) = (job, null);
            return job;
        }
    }

    /// <summary>Hashes so often, and adds what met the job's target.</summary>
    public void Hash(int count, ICollection<FoundShare> found)
    {
        List<uint> candidates = [];
        lock (_gate)
        {
            while (count >= NonceScanner.Lanes && _job is { } job)
            {
                var unit = _unit ??= NextUnit(job);
                var scanned = Math.Min(count, NoncesPerUnit - _nonce) / NonceScanner.Lanes * NonceScanner.Lanes;
                candidates.Clear();
                Scan(unit, scanned, candidates);
                foreach (var nonce in candidates.Where(nonce => IsShare(unit, nonce)))
                {
                    found.Add(new FoundShare(job, unit.NameIndex, unit.Extranonce2, nonce, unit.VersionBits));
                }

                count -= scanned;
                Advance(scanned);
            }
        }
    }

    /// <summary>scrypt has no short cut: every nonce is a candidate.</summary>
    private void Scan(Unit unit, int count, List<uint> candidates)
    {
        if (PlainProofOfWork.IsScrypt(algorithm))
        {
            candidates.AddRange(Enumerable.Range(_nonce, count).Select(nonce => (uint)nonce));
        }
        else
        {
            NonceScanner.Scan(unit.Header, (uint)_nonce, count, (uint)(unit.Job.Target >> TopWordShift), candidates);
        }
    }

    private void Advance(int scanned)
    {
        _nonce += scanned;
        if (_nonce < NoncesPerUnit)
        {
            return;
        }

        (_nonce, _unit) = (0, null);
        _unitIndex++;
    }

    private Unit NextUnit(MinerJob job)
    {
        var names = (ulong)profile.NamesPerConnection;
        var versions = _mask is null ? 1UL : VersionsPerExtranonce2;
        var nameIndex = (int)(_unitIndex % names);
        var versionIndex = (uint)(_unitIndex / names % versions);
        var counter = _unitIndex / names / versions;
        var extranonce2 = names == 1
            ? BigEndian(counter, job.Extranonce2SizeBytes)
            : [(byte)nameIndex, .. BigEndian(counter, job.Extranonce2SizeBytes - 1)];
        uint? bits = _mask is { } mask ? (versionIndex << BitOperations.TrailingZeroCount(mask)) & mask : null;
        var version = (job.Version & ~(_mask ?? 0)) | (bits ?? 0);
        return new Unit(job, job.Header(extranonce2, version), extranonce2, nameIndex, bits);
    }

    private bool IsShare(Unit unit, uint nonce)
    {
        var header = unit.Header.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(PlainProofOfWork.HeaderSizeBytes - sizeof(uint)), nonce);
        return PlainProofOfWork.HashNumber(header, algorithm) <= unit.Job.Target;
    }

    private static byte[] BigEndian(ulong number, int sizeBytes)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return sizeBytes <= sizeof(ulong)
            ? bytes[(sizeof(ulong) - sizeBytes)..].ToArray()
            : [.. new byte[sizeBytes - sizeof(ulong)], .. bytes];
    }

    private sealed record Unit(MinerJob Job, byte[] Header, byte[] Extranonce2, int NameIndex, uint? VersionBits);
}
