// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioMesh.Native;

/// <summary>The version of the C ABI: what a caller checks before anything else.</summary>
internal static class AbiVersion
{
    /// <summary>AM_ABI_VERSION of audiomesh.h. Any thread.</summary>
    [UnmanagedCallersOnly(EntryPoint = "am_abi_version", CallConvs = [typeof(CallConvCdecl)])]
    public static uint Get() => 1;
}
