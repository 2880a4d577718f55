namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>Makes the files of the log; a test puts a disk there that is full.</summary>
internal interface ISegmentFiles
{
    /// <exception cref="IOException">It is there already, or the disk does not take it.</exception>
    ISegmentFile Create(string path);
}

/// <summary>One file of the log, written at its end only.</summary>
internal interface ISegmentFile : IDisposable
{
    /// <summary>When it returns, the bytes are in the operating system's hands and survive <c>kill -9</c>.</summary>
    /// <exception cref="IOException">The disk has no room for it: nothing of it is there.</exception>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>When it returns, what was written survives the loss of power.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    void Flush();
}

internal sealed class DiskSegmentFiles : ISegmentFiles
{
    public ISegmentFile Create(string path) => new MappedSegmentFile(
        File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read));
}
