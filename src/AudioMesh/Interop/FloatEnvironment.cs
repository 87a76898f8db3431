// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

/// <summary>
/// <c>fenv_t</c> of the C library with its one word that matters here. Offsets: MXCSR at 28 on Linux x86-64 (after the x87 state), at 4 on
/// macOS x86-64; FPCR at 0 on Linux arm64, at 8 on macOS arm64.
/// </summary>
[InlineArray(64)]
internal unsafe struct FloatEnvironment
{
    private byte _first;

    private static readonly delegate* unmanaged[SuppressGCTransition]<FloatEnvironment*, int> Get = Find("fegetenv");
    private static readonly delegate* unmanaged[SuppressGCTransition]<FloatEnvironment*, int> Set = Find("fesetenv");

    /// <summary>MXCSR or FPCR.</summary>
    public uint Control
    {
        get => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref _first, ControlOffset));
        set => Unsafe.WriteUnaligned(ref Unsafe.Add(ref _first, ControlOffset), value);
    }

    private static int ControlOffset => RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? (OperatingSystem.IsMacOS() ? 4 : 28)
        : (OperatingSystem.IsMacOS() ? 8 : 0);

    /// <summary>Fills <paramref name="environment"/> with that of the calling thread; false where the system is not known.</summary>
    public static bool Read(FloatEnvironment* environment) => Get != null && Set != null && Get(environment) == 0;

    /// <summary>Makes <paramref name="environment"/> that of the calling thread.</summary>
    public static void Write(FloatEnvironment* environment) => Set(environment);

    private static delegate* unmanaged[SuppressGCTransition]<FloatEnvironment*, int> Find(string name)
    {
        bool known = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;
        string library = OperatingSystem.IsMacOS() ? "libSystem.B.dylib" : "libm.so.6";
        return known && NativeLibrary.TryLoad(library, out nint handle) && NativeLibrary.TryGetExport(handle, name, out nint address)
            ? (delegate* unmanaged[SuppressGCTransition]<FloatEnvironment*, int>)address
            : null;
    }
}
