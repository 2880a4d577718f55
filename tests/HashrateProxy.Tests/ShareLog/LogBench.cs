using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Stratum;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Tests.ShareLog;

/// <summary>A node's log in a folder of its own, on a disk that a test may fill.</summary>
internal sealed class LogBench : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("marketplace-share-log-").FullName;

    public ManualTimeProvider Time { get; } = new();

    public FillableDisk Disk { get; } = new();

    public ContractId Contract { get; } = ContractId.From(Guid.CreateVersion7());

    public string NodeDirectory => Path.Combine(_directory, "node-1");

    public ShareLogWriter Open(int segmentMegabytes = 256) => new(
        Disk,
        Options.Create(new ProxyOptions
        {
            ShareLogDirectory = _directory,
            NodeName = "node-1",
            ShareLogSegmentMegabytes = segmentMegabytes,
        }),
        Time,
        NullLogger<ShareLogWriter>.Instance);

    /// <summary>A share that a worker is answered for; null when the log did not take it.</summary>
    public static long? Write(ShareLogWriter log, int number, ContractId? contract = null) => log.Write(
        contract,
        default,
        new JudgedShare
        {
            ContractId = contract,
            Verdict = (ShareVerdict)(number % 8),
            Work = new Work((UInt128)number << 100),
            WorkerName = NameOf(number),
            NameNumber = 3,
            Connection = 77,
            Job = number % 3 == 0 ? null : number,
            Submit = default,
            Sent = "[\"farm.rig\",\"nobody's job\"]"u8,
        },
        CountedShareRecord.Write)?.Number;

    public static string NameOf(int number) => $"farm.rig.Ü{number}";

    public List<LogEntry> ReadAll(List<LogDamage>? damage = null) =>
        [.. ShareLogReader.Read(NodeDirectory, DateTimeOffset.UnixEpoch, damaged: seen => damage?.Add(seen))];

    /// <summary>The names of the shares, in the order of the log.</summary>
    public List<string> Names(List<LogDamage>? damage = null) =>
    [
        .. ReadAll(damage).Where(entry => entry.Kind == LogRecordKind.CountedShare)
            .Select(entry => CountedShareRecord.Read(entry.Body).WorkerName),
    ];

    public string OnlySegment() => Directory.GetFiles(NodeDirectory).Single();

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}

/// <summary>A disk with so much room: of what does not fit it takes nothing.</summary>
internal sealed class FillableDisk : ISegmentFiles
{
    private readonly DiskSegmentFiles _files = new();

    public long RoomBytes { get; set; } = long.MaxValue;

    public int Flushes { get; private set; }

    public ISegmentFile Create(string path) => new FillableFile(this, _files.Create(path));

    private sealed class FillableFile(FillableDisk disk, ISegmentFile file) : ISegmentFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            if (disk.RoomBytes < bytes.Length)
            {
                throw new IOException("No space left on device");
            }

            file.Write(bytes, offset);
            disk.RoomBytes -= bytes.Length;
        }

        public void Flush()
        {
            disk.Flushes++;
            file.Flush();
        }

        public void Dispose() => file.Dispose();
    }
}
