using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Marketplace.HashrateProxy.Wire;

/// <summary>What is watched for, and what was seen (epoll_ctl(2)).</summary>
[Flags]
internal enum EpollEvents : uint
{
    None = 0,
    Readable = 0x001,
    Writable = 0x004,
    Failed = 0x008,
    HungUp = 0x010,
}

/// <summary>
/// Linux's own answer to which of many sockets can be read or written (epoll(7)), level-triggered. For one waiting
/// thread; any thread may change what is watched.
/// </summary>
internal sealed partial class Epoll : IDisposable
{
    private const int MaxEvents = 512;
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;
    private const int InterruptedError = 4;

    /// <summary>The kernel packs its record on x64 and on no other processor.</summary>
    private static readonly int KeyAt = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    private static readonly int EventBytes = KeyAt + sizeof(long);

    /// <summary>The key of the loop's own alarm clock.</summary>
    private const long WakeKey = 0;

    private readonly SafeFileHandle _epoll = Checked(epoll_create1(CloseOnExec));
    private readonly SafeFileHandle _wake = Checked(eventfd(0, CloseOnExec));
    private readonly byte[] _events = new byte[MaxEvents * EventBytes];

    public Epoll() => Watch(_wake, WakeKey, EpollEvents.Readable);

    /// <param name="socket">What to watch.</param>
    /// <param name="key">Comes back with the socket's events; not zero.</param>
    /// <param name="events">What to watch for.</param>
    public void Watch(SafeHandle socket, long key, EpollEvents events) => Control(Add, socket, key, events);

    public void Change(SafeHandle socket, long key, EpollEvents events) => Control(Modify, socket, key, events);

    public void Forget(SafeHandle socket) => Control(Delete, socket, 0, EpollEvents.None);

    /// <summary>Ends the wait, now or the next one.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = write(_wake, in one, sizeof(ulong));
    }

    /// <summary>Waits for events; returns how many there are.</summary>
    /// <param name="timeoutMilliseconds">-1 waits for ever.</param>
    public int Wait(int timeoutMilliseconds)
    {
        var count = epoll_wait(_epoll, _events, MaxEvents, timeoutMilliseconds);
        if (count >= 0)
        {
            return count;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == InterruptedError ? 0 : throw new Win32Exception(error);
    }

    /// <summary>Lets the thread sleep, whatever comes meanwhile.</summary>
    public static void Rest(TimeSpan duration) => _ = usleep((uint)duration.TotalMicroseconds);

    /// <summary>One of the events of the last <see cref="Wait"/>; false for a mere awakening.</summary>
    public bool TryGetSeen(int index, out long key, out EpollEvents events)
    {
        var record = _events.AsSpan(index * EventBytes, EventBytes);
        (key, events) = (MemoryMarshal.Read<long>(record[KeyAt..]), (EpollEvents)MemoryMarshal.Read<uint>(record));
        if (key == WakeKey)
        {
            _ = read(_wake, out _, sizeof(ulong));
        }

        return key != WakeKey;
    }

    public void Dispose()
    {
        _wake.Dispose();
        _epoll.Dispose();
    }

    private static SafeFileHandle Checked(SafeFileHandle handle) =>
        handle.IsInvalid ? throw new Win32Exception() : handle;

    private void Control(int operation, SafeHandle socket, long key, EpollEvents events)
    {
        Span<byte> record = stackalloc byte[EventBytes];
        MemoryMarshal.Write(record, (uint)events);
        MemoryMarshal.Write(record[KeyAt..], key);
        if (epoll_ctl(_epoll, operation, socket, record) != 0)
        {
            throw new Win32Exception();
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial SafeFileHandle epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial SafeFileHandle eventfd(uint value, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(SafeHandle handle, out ulong value, nint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(SafeHandle handle, in ulong value, nint count);

    [LibraryImport("libc")]
    private static partial int usleep(uint microseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(SafeHandle epoll, int operation, SafeHandle socket, Span<byte> record);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(SafeHandle epoll, byte[] events, int maxEvents, int timeout);
}
