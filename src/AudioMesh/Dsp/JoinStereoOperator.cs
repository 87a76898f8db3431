// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AudioMesh.Dsp;

/// <summary>frames[2 i] = left[i], frames[2 i + 1] = right[i]</summary>
internal readonly unsafe struct JoinStereoOperator(float* left, float* right, float* frames) : IBlockOperator
{
    public nint Lead
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BlockLoop.LeadOf(frames, 2 * sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i)
    {
        frames[2 * i] = left[i];
        frames[(2 * i) + 1] = right[i];
    }

    // By the instruction, because the portable way goes through Vector64, which x64 has not and keeps in memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At128(nint i)
    {
        if (!Sse.IsSupported && !AdvSimd.Arm64.IsSupported)
        {
            At(i);
            At(i + 1);
            At(i + 2);
            At(i + 3);
            return;
        }

        Vector128<float> l = Vector128.Load(left + i);
        Vector128<float> r = Vector128.Load(right + i);
        (Sse.IsSupported ? Sse.UnpackLow(l, r) : AdvSimd.Arm64.ZipLow(l, r)).Store(frames + (2 * i));
        (Sse.IsSupported ? Sse.UnpackHigh(l, r) : AdvSimd.Arm64.ZipHigh(l, r)).Store(frames + (2 * i) + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At256(nint i)
    {
        Vector256<float> l = Vector256.Load(left + i);
        Vector256<float> r = Vector256.Load(right + i);
        Vector256<float> low = Avx.UnpackLow(l, r);
        Vector256<float> high = Avx.UnpackHigh(l, r);
        Avx.Permute2x128(low, high, 0x20).Store(frames + (2 * i));
        Avx.Permute2x128(low, high, 0x31).Store(frames + (2 * i) + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At512(nint i)
    {
        At256(i);
        At256(i + 8);
    }
}
