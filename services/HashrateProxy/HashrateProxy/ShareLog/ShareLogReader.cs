using System.Buffers.Binary;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// Reads a node's log in the order it was written. What a crash tore off at the end of a segment is not a record.
/// </summary>
internal static class ShareLogReader
{
    /// <summary>The bodies of all whole records in segments begun at or after an instant's segment.</summary>
    public static IEnumerable<byte[]> Read(string nodeDirectory, DateTimeOffset since)
    {
        if (!Directory.Exists(nodeDirectory))
        {
            yield break;
        }

        foreach (var path in SegmentsSince(nodeDirectory, since))
        {
            foreach (var body in ReadSegment(path))
            {
                yield return body;
            }
        }
    }

    private static IEnumerable<string> SegmentsSince(string nodeDirectory, DateTimeOffset since)
    {
        var paths = Directory.GetFiles(nodeDirectory, "*.log").Order(StringComparer.Ordinal).ToList();
        var name = $"{since.UtcDateTime:yyyyMMdd'T'HHmmssfff}.log";
        var firstAfter = paths.FindIndex(path => string.CompareOrdinal(Path.GetFileName(path), name) > 0);
        var first = firstAfter < 0 ? paths.Count - 1 : firstAfter - 1;
        return paths.Skip(Math.Max(first, 0));
    }

    private static IEnumerable<byte[]> ReadSegment(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var frame = new byte[ShareLogWriter.FrameBytes];
        while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(frame);
            if (length is <= 0 or > ShareLogWriter.MaxBodyBytes)
            {
                yield break;
            }

            var body = new byte[length];
            if (file.ReadAtLeast(body, length, throwOnEndOfStream: false) != length
                || Crc32C.Of(body) != BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(4)))
            {
                yield break;
            }

            yield return body;
        }
    }
}
