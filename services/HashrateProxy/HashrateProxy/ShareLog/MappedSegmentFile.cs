using System.ComponentModel;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// A segment that is written through memory: its pages are the operating system's, so that what is copied there
/// survives <c>kill -9</c> without a call for each share. Room on the disk is taken ahead, and before anything is
/// written: it is zero until then, and what is left of it is given back at the end.
/// </summary>
internal sealed partial class MappedSegmentFile(SafeFileHandle file) : ISegmentFile
{
    private const int WindowBytes = 4 * 1024 * 1024;
    private const int InterruptedError = 4;

    private MemoryMappedViewAccessor? _window;
    private long _windowStart;
    private long _roomEnd;
    private long _end;

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        TakeRoomUntil(offset + bytes.Length);
        while (!bytes.IsEmpty)
        {
            var window = WindowAt(offset);
            var part = bytes[..(int)Math.Min(bytes.Length, _windowStart + WindowBytes - offset)];
            window.SafeMemoryMappedViewHandle.WriteSpan((ulong)(offset - _windowStart), part);
            offset += part.Length;
            bytes = bytes[part.Length..];
        }

        _end = offset;
    }

    public void Flush() => RandomAccess.FlushToDisk(file);

    public void Dispose()
    {
        _window?.Dispose();
        RandomAccess.SetLength(file, _end);
        file.Dispose();
    }

    private MemoryMappedViewAccessor WindowAt(long offset)
    {
        var start = offset - offset % WindowBytes;
        if (_window is not null && _windowStart == start)
        {
            return _window;
        }

        using var map = MemoryMappedFile.CreateFromFile(
            file, mapName: null, capacity: 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None,
            leaveOpen: true);
        var next = map.CreateViewAccessor(start, WindowBytes);
        _window?.Dispose();
        (_window, _windowStart) = (next, start);
        return next;
    }

    /// <summary>Memory over a hole in the file would end the process when the disk is full: so there is none.</summary>
    private void TakeRoomUntil(long end)
    {
        if (end <= _roomEnd)
        {
            return;
        }

        var missing = (end - _roomEnd + WindowBytes - 1) / WindowBytes * WindowBytes;
        var error = InterruptedError;
        while (error == InterruptedError)
        {
            error = posix_fallocate(file, _roomEnd, missing);
        }

        if (error != 0)
        {
            throw new IOException(new Win32Exception(error).Message);
        }

        _roomEnd += missing;
    }

    [LibraryImport("libc")]
    private static partial int posix_fallocate(SafeFileHandle file, long offset, long length);
}
