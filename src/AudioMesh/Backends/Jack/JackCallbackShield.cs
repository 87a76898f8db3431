// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// Entrances to callbacks during which their thread cannot be cancelled. libjack cancels its threads wherever they are when a client is closed
/// (PTHREAD_CANCEL_ASYNCHRONOUS), and one that waits at the entrance to managed code for a garbage collection to end would take the runtime's lock with
/// it: no collection of this process would end any more. That wait is before the first managed instruction, hence these few of the machine's own.
/// They are there on Linux on x64 and arm64; elsewhere, and where a system refuses memory for them, callbacks are called directly.
/// </summary>
internal static unsafe class JackCallbackShield
{
    private const int CodeBytes = 112;
    private const int EntranceBytes = CodeBytes + (2 * sizeof(long));
    private const int PageBytes = 4096;
    private static readonly object Lock = new();
    private static readonly Dictionary<nint, nint> Entrances = [];

    // push %rbx; sub $48,%rsp; keep rdi rsi rdx rcx r8; setcancelstate(PTHREAD_CANCEL_DISABLE, &old); target(the same); setcancelstate(old, 0); ret
    private static ReadOnlySpan<byte> X64 =>
    [
        0xf3, 0x0f, 0x1e, 0xfa, 0x53, 0x48, 0x83, 0xec, 0x30, 0x48, 0x89, 0x3c, 0x24, 0x48, 0x89, 0x74,
        0x24, 0x08, 0x48, 0x89, 0x54, 0x24, 0x10, 0x48, 0x89, 0x4c, 0x24, 0x18, 0x4c, 0x89, 0x44, 0x24,
        0x28, 0xbf, 0x01, 0x00, 0x00, 0x00, 0x48, 0x8d, 0x74, 0x24, 0x20, 0xff, 0x15, 0x3f, 0x00, 0x00,
        0x00, 0x48, 0x8b, 0x3c, 0x24, 0x48, 0x8b, 0x74, 0x24, 0x08, 0x48, 0x8b, 0x54, 0x24, 0x10, 0x48,
        0x8b, 0x4c, 0x24, 0x18, 0x4c, 0x8b, 0x44, 0x24, 0x28, 0xff, 0x15, 0x29, 0x00, 0x00, 0x00, 0x89,
        0xc3, 0x8b, 0x7c, 0x24, 0x20, 0x31, 0xf6, 0xff, 0x15, 0x13, 0x00, 0x00, 0x00, 0x89, 0xd8, 0x48,
        0x83, 0xc4, 0x30, 0x5b, 0xc3, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc,
    ];

    // The same with x0 to x4; x19 and x20 hold the target and setcancelstate.
    private static ReadOnlySpan<byte> Arm64 =>
    [
        0x5f, 0x24, 0x03, 0xd5, 0xfd, 0x7b, 0xbb, 0xa9, 0xfd, 0x03, 0x00, 0x91, 0xf3, 0x53, 0x01, 0xa9,
        0xe0, 0x07, 0x02, 0xa9, 0xe2, 0x0f, 0x03, 0xa9, 0xe4, 0x27, 0x00, 0xf9, 0xb4, 0x02, 0x00, 0x58,
        0xd3, 0x02, 0x00, 0x58, 0x20, 0x00, 0x80, 0x52, 0xe1, 0x03, 0x01, 0x91, 0x80, 0x02, 0x3f, 0xd6,
        0xe0, 0x07, 0x42, 0xa9, 0xe2, 0x0f, 0x43, 0xa9, 0xe4, 0x27, 0x40, 0xf9, 0x60, 0x02, 0x3f, 0xd6,
        0xf3, 0x03, 0x00, 0x2a, 0xe0, 0x43, 0x40, 0xb9, 0x01, 0x00, 0x80, 0xd2, 0x80, 0x02, 0x3f, 0xd6,
        0xe0, 0x03, 0x13, 0x2a, 0xf3, 0x53, 0x41, 0xa9, 0xfd, 0x7b, 0xc5, 0xa8, 0xc0, 0x03, 0x5f, 0xd6,
        0x1f, 0x20, 0x03, 0xd5, 0x1f, 0x20, 0x03, 0xd5, 0x1f, 0x20, 0x03, 0xd5, 0x1f, 0x20, 0x03, 0xd5,
    ];

    private static ReadOnlySpan<byte> Code => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 when OperatingSystem.IsLinux() => X64,
        Architecture.Arm64 when OperatingSystem.IsLinux() => Arm64,
        _ => [],
    };

    /// <summary>What to give to libjack for <paramref name="callback"/>.</summary>
    public static delegate* unmanaged[Cdecl]<jack_status_t, byte*, void*, void> Of(delegate* unmanaged[Cdecl]<jack_status_t, byte*, void*, void> callback) =>
        (delegate* unmanaged[Cdecl]<jack_status_t, byte*, void*, void>)Entrance(callback);

    public static delegate* unmanaged[Cdecl]<void*, void> Of(delegate* unmanaged[Cdecl]<void*, void> callback) =>
        (delegate* unmanaged[Cdecl]<void*, void>)Entrance(callback);

    public static delegate* unmanaged[Cdecl]<void*, int> Of(delegate* unmanaged[Cdecl]<void*, int> callback) =>
        (delegate* unmanaged[Cdecl]<void*, int>)Entrance(callback);

    public static delegate* unmanaged[Cdecl]<uint, void*, int> Of(delegate* unmanaged[Cdecl]<uint, void*, int> callback) =>
        (delegate* unmanaged[Cdecl]<uint, void*, int>)Entrance(callback);

    public static delegate* unmanaged[Cdecl]<int, void*, void> Of(delegate* unmanaged[Cdecl]<int, void*, void> callback) =>
        (delegate* unmanaged[Cdecl]<int, void*, void>)Entrance(callback);

    public static delegate* unmanaged[Cdecl]<jack_latency_callback_mode_t, void*, void> Of(delegate* unmanaged[Cdecl]<jack_latency_callback_mode_t, void*, void> callback) =>
        (delegate* unmanaged[Cdecl]<jack_latency_callback_mode_t, void*, void>)Entrance(callback);

    public static delegate* unmanaged[Cdecl]<uint, uint, int, void*, void> Of(delegate* unmanaged[Cdecl]<uint, uint, int, void*, void> callback) =>
        (delegate* unmanaged[Cdecl]<uint, uint, int, void*, void>)Entrance(callback);

    public static delegate* unmanaged[Cdecl]<uint, int, void*, void> Of(delegate* unmanaged[Cdecl]<uint, int, void*, void> callback) =>
        (delegate* unmanaged[Cdecl]<uint, int, void*, void>)Entrance(callback);

    public static delegate* unmanaged[Cdecl]<jack_transport_state_t, jack_position_t*, void*, int> Of(delegate* unmanaged[Cdecl]<jack_transport_state_t, jack_position_t*, void*, int> callback) =>
        (delegate* unmanaged[Cdecl]<jack_transport_state_t, jack_position_t*, void*, int>)Entrance(callback);

    public static delegate* unmanaged[Cdecl]<jack_transport_state_t, uint, jack_position_t*, int, void*, void> Of(delegate* unmanaged[Cdecl]<jack_transport_state_t, uint, jack_position_t*, int, void*, void> callback) =>
        (delegate* unmanaged[Cdecl]<jack_transport_state_t, uint, jack_position_t*, int, void*, void>)Entrance(callback);

    private static nint Entrance(void* callback)
    {
        lock (Lock)
        {
            if (!Entrances.TryGetValue((nint)callback, out nint entrance))
            {
                entrance = Build((nint)callback);
                Entrances.Add((nint)callback, entrance);
            }

            return entrance;
        }
    }

    private static nint Build(nint callback)
    {
        if (Code.IsEmpty || !NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "pthread_setcancelstate", out nint change))
        {
            return callback;
        }

        void* page = LibC.mmap(null, PageBytes, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_PRIVATE | LibC.MAP_ANONYMOUS, -1, 0);
        if (page == LibC.MAP_FAILED)
        {
            return callback;
        }

        Code.CopyTo(new Span<byte>(page, EntranceBytes));
        nint* targets = (nint*)((byte*)page + CodeBytes);
        targets[0] = change;
        targets[1] = callback;
        if (LibC.mprotect(page, PageBytes, LibC.PROT_READ | LibC.PROT_EXEC) != 0)
        {
            _ = LibC.munmap(page, PageBytes);
            return callback;
        }

        return (nint)page;
    }
}
