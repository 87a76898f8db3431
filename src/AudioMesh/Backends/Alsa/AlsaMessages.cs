// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// While it lives, alsa-lib prints nothing to standard error for the calling thread; the first message, which names the cause where
/// later ones name consequences, is kept. To be disposed on the same thread, the last one first.
/// </summary>
internal readonly unsafe ref struct AlsaMessages
{
    private const int Room = 512;

    // alsa-lib hands its handler no argument of ours, but calls it on the thread that made the call.
    [ThreadStatic]
    private static byte* s_first;

    private readonly LibAsound _library;
    private readonly delegate* unmanaged[Cdecl]<byte*, int, byte*, int, byte*, __va_list_tag*, void> _outerHandler;
    private readonly byte* _outerFirst;

    public AlsaMessages(LibAsound library)
    {
        _library = library;
        _outerFirst = s_first;
        s_first = (byte*)NativeMemory.AllocZeroed(Room);
        _outerHandler = library.snd_lib_error_set_local(&Keep);
    }

    /// <summary>The first message so far, or empty.</summary>
    public string First => Marshal.PtrToStringUTF8((nint)s_first)!.Trim();

    public void Dispose()
    {
        _library.snd_lib_error_set_local(_outerHandler);
        NativeMemory.Free(s_first);
        s_first = _outerFirst;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Keep(byte* file, int line, byte* function, int error, byte* format, __va_list_tag* arguments)
    {
        if (s_first != null && *s_first == 0)
        {
            _ = LibC.vsnprintf(s_first, Room, format, arguments);
        }
    }
}
