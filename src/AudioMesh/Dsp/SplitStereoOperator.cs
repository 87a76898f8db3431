// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AudioMesh.Dsp;

/// <summary>left[i] = frames[2 i], right[i] = frames[2 i + 1]</summary>
internal readonly unsafe struct SplitStereoOperator(float* frames, float* left, float* right) : IBlockOperator
{
    public nint Lead
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BlockLoop.LeadOf(left, sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i)
    {
        left[i] = frames[2 * i];
        right[i] = frames[(2 * i) + 1];
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

        Vector128<float> first = Vector128.Load(frames + (2 * i));
        Vector128<float> second = Vector128.Load(frames + (2 * i) + 4);
        (Sse.IsSupported ? Sse.Shuffle(first, second, 0b10_00_10_00) : AdvSimd.Arm64.UnzipEven(first, second)).Store(left + i);
        (Sse.IsSupported ? Sse.Shuffle(first, second, 0b11_01_11_01) : AdvSimd.Arm64.UnzipOdd(first, second)).Store(right + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At256(nint i)
    {
        Vector256<float> first = Vector256.Load(frames + (2 * i));
        Vector256<float> second = Vector256.Load(frames + (2 * i) + 8);
        Vector256<double> even = Avx.Shuffle(first, second, 0b10_00_10_00).AsDouble();
        Vector256<double> odd = Avx.Shuffle(first, second, 0b11_01_11_01).AsDouble();
        Avx2.Permute4x64(even, 0b11_01_10_00).AsSingle().Store(left + i);
        Avx2.Permute4x64(odd, 0b11_01_10_00).AsSingle().Store(right + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At512(nint i)
    {
        Vector512<float> first = Vector512.Load(frames + (2 * i));
        Vector512<float> second = Vector512.Load(frames + (2 * i) + 16);
        Avx512F.PermuteVar16x32x2(first, Vector512.CreateSequence(0, 2), second).Store(left + i);
        Avx512F.PermuteVar16x32x2(first, Vector512.CreateSequence(1, 2), second).Store(right + i);
    }
}
