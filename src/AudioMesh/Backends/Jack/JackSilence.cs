// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// Keeps libjack from printing. It talks on threads of its own, which it cancels wherever they are, so what listens must not be managed
/// code: a thread that is cancelled in there takes the process or its next garbage collection with it. C's <c>strlen</c> takes a text, and does
/// nothing that anybody sees.
/// </summary>
internal static unsafe class JackSilence
{
    private static readonly delegate* unmanaged[Cdecl]<byte*, void> Ignore =
        (delegate* unmanaged[Cdecl]<byte*, void>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "strlen");

    /// <summary>Turns libjack silent, for the whole process. Any thread, as often as one likes.</summary>
    public static void Install(LibJack jack)
    {
        jack.jack_set_error_function(Ignore);
        jack.jack_set_info_function(Ignore);
    }
}
