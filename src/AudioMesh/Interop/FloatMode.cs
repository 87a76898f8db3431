// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

/// <summary>
/// How the calling thread computes with floats, as the C library hands it over: <c>femode_t</c> of glibc (which spares the slow x87 state), <c>fenv_t</c> on
/// macOS. Of it one word matters here: MXCSR, at 4 on either x86-64, or FPCR, at 0 on Linux arm64 and at 8 on macOS arm64.
/// </summary>
[InlineArray(64)]
internal unsafe struct FloatMode
{
    private byte _first;

    private static readonly delegate* unmanaged[SuppressGCTransition]<FloatMode*, int> Get = Find("fegetmode", "fegetenv");
    private static readonly delegate* unmanaged[SuppressGCTransition]<FloatMode*, int> Set = Find("fesetmode", "fesetenv");

    /// <summary>MXCSR or FPCR.</summary>
    public uint Control
    {
        get => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref _first, ControlOffset));
        set => Unsafe.WriteUnaligned(ref Unsafe.Add(ref _first, ControlOffset), value);
    }

    private static int ControlOffset => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : OperatingSystem.IsMacOS() ? 8 : 0;

    /// <summary>Fills <paramref name="mode"/> with that of the calling thread; false where the system is not known.</summary>
    public static bool Read(FloatMode* mode) => Get != null && Set != null && Get(mode) == 0;

    /// <summary>Makes <paramref name="mode"/> that of the calling thread; after a <see cref="Read"/> that succeeded.</summary>
    public static void Write(FloatMode* mode) => Set(mode);

    private static delegate* unmanaged[SuppressGCTransition]<FloatMode*, int> Find(string linuxName, string macName)
    {
        bool known = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;
        (string library, string name) = OperatingSystem.IsMacOS() ? ("libSystem.B.dylib", macName) : ("libm.so.6", linuxName);
        return known && NativeLibrary.TryLoad(library, out nint handle) && NativeLibrary.TryGetExport(handle, name, out nint address)
            ? (delegate* unmanaged[SuppressGCTransition]<FloatMode*, int>)address
            : null;
    }
}
