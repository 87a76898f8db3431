// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// The loops of all operations: widths, tails, alignment and direction are dealt with here and nowhere else. They are inlined into the
/// operation that uses them, which itself is not: the compilers inline only so much into one method, and an operator that is called costs
/// more than its vectors.
/// </summary>
[RealtimeSafe]
internal static unsafe class BlockLoop
{
    // Below this a block is over before aligned stores have paid for themselves.
    private const int WorthAligning = 128;

    /// <summary>
    /// Samples 0 to <paramref name="count"/> - 1, ascending. The last <paramref name="narrow"/> are done one by one, for operators whose vectors
    /// reach beyond the samples they are for.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOperator>(TOperator operation, nint count, nint narrow = 0)
        where TOperator : struct, IBlockOperator
    {
        nint wide = count - narrow;
        nint i = Vector256.IsHardwareAccelerated && wide >= WorthAligning ? operation.Lead : 0;
        if (i > 0)
        {
            Align(operation, i);
        }

        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= wide - 16; i += 16)
            {
                operation.At512(i);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= wide - 16; i += 16)
            {
                operation.At256(i);
                operation.At256(i + 8);
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= wide - 4; i += 4)
            {
                operation.At128(i);
            }
        }

        for (; i < count; i++)
        {
            operation.At(i);
        }
    }

    /// <summary>
    /// The same from <paramref name="source"/> to <paramref name="destination"/>, which may overlap: every sample is read before it is written.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOperator>(TOperator operation, float* source, float* destination, nint count)
        where TOperator : struct, IBlockOperator
    {
        if (destination > source && destination < source + count)
        {
            RunBackward(operation, count);
        }
        else
        {
            Run(operation, count);
        }
    }

    /// <summary>The samples of <paramref name="bytes"/> each from an address to the next boundary of 64 bytes, 0 where none begins there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint LeadOf(void* destination, int bytes)
    {
        nint missing = -(nint)destination & 63;
        return BitOperations.IsPow2(bytes) && missing % bytes == 0 ? missing / bytes : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Align<TOperator>(TOperator operation, nint lead)
        where TOperator : struct, IBlockOperator
    {
        nint i = 0;
        for (; i < (lead & 3); i++)
        {
            operation.At(i);
        }

        for (; i < lead; i += 4)
        {
            operation.At128(i);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunBackward<TOperator>(TOperator operation, nint count)
        where TOperator : struct, IBlockOperator
    {
        for (nint i = count - 1; i >= 0; i--)
        {
            operation.At(i);
        }
    }
}
