// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics.X86;

namespace AudioMesh;

/// <summary>What this CPU can do, asked of the CPU itself: in a NativeAOT app <c>Avx2.IsSupported</c> tells how the app was compiled.</summary>
internal static class CpuFeatures
{
    /// <summary>Whether it has AVX2, FMA, BMI1, BMI2, LZCNT, MOVBE and POPCNT, as libaudiomesh.avx2 needs.</summary>
    public static bool HasAvx2Set { get; } = Detect();

    // Bits: Intel SDM volume 2, CPUID.
    private static bool Detect()
    {
        if (!X86Base.IsSupported)
        {
            return false;
        }

        const int BasicEcx = (1 << 12) | (1 << 22) | (1 << 23) | (1 << 27) | (1 << 28);
        const int ExtendedEbx = (1 << 3) | (1 << 5) | (1 << 8);
        const int AmdEcx = 1 << 5;
        int basic = X86Base.CpuId(1, 0).Ecx;
        int extended = X86Base.CpuId(0, 0).Eax >= 7 ? X86Base.CpuId(7, 0).Ebx : 0;
        int amd = X86Base.CpuId(unchecked((int)0x80000001), 0).Ecx;
        return (basic & BasicEcx) == BasicEcx && (extended & ExtendedEbx) == ExtendedEbx && (amd & AmdEcx) == AmdEcx;
    }
}
