// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Network.Jdat;

/// <summary>What POSIX does with file descriptors, so that no wait is for ever.</summary>
internal static unsafe partial class Descriptors
{
    public const int StandardInput = 0;
    public const int StandardOutput = 1;
    private const short PollIn = 1;
    private const short PollOut = 4;
    private const int Interrupted = 4;
    private static readonly int Again = OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>Whether there is something to read, an end or an error included.</summary>
    public static bool WaitReadable(int descriptor, int timeoutMs) => Wait(descriptor, PollIn, timeoutMs);

    /// <summary>Whether a page can be written without waiting, or fails at once.</summary>
    public static bool WaitWritable(int descriptor, int timeoutMs) => Wait(descriptor, PollOut, timeoutMs);

    /// <summary>Waits for either of two.</summary>
    public static void WaitReadable(int first, int second, int timeoutMs)
    {
        PollEntry* entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = first, Events = PollIn };
        entries[1] = new PollEntry { Descriptor = second, Events = PollIn };
        poll(entries, 2, timeoutMs);
    }

    /// <summary>Bytes read; 0 at the end; -1 where there is nothing now.</summary>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            nint count = read(descriptor, start, (nuint)buffer.Length);
            return count >= 0 ? (int)count : IsForNow() ? -1 : 0;
        }
    }

    /// <summary>Bytes written; -1 where nobody takes them any more.</summary>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nint count = write(descriptor, start, (nuint)bytes.Length);
            return count >= 0 ? (int)count : IsForNow() ? 0 : -1;
        }
    }

    private static bool IsForNow()
    {
        int error = Marshal.GetLastPInvokeError();
        return error == Interrupted || error == Again;
    }

    private static bool Wait(int descriptor, short events, int timeoutMs)
    {
        PollEntry entry = new() { Descriptor = descriptor, Events = events };
        return poll(&entry, 1, timeoutMs) > 0;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(PollEntry* entries, nuint count, int timeoutMs);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, byte* buffer, nuint bytes);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, byte* buffer, nuint bytes);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
