// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>A place between frames, or a distance, in frames and 2^64ths of one.</summary>
internal readonly record struct FramePosition(int Frame, ulong Fraction)
{
    private const double One = 18446744073709551616.0;

    private UInt128 Whole => new((ulong)Frame, Fraction);

    /// <summary>The distance of <paramref name="count"/> equal steps of <paramref name="frames"/> altogether, rounded up to 2^-64 frame.</summary>
    public static FramePosition StepOf(int frames, int count) => From((((UInt128)frames << 64) + (uint)count - 1) / (uint)count);

    public static FramePosition StepOf(double frames) => new((int)frames, (ulong)((frames - (int)frames) * One));

    public FramePosition After(FramePosition step)
    {
        ulong fraction = Fraction + step.Fraction;
        return new(Frame + step.Frame + (fraction < Fraction ? 1 : 0), fraction);
    }

    public FramePosition After(FramePosition step, int times) => From(Whole + (step.Whole * (uint)times));

    /// <summary>How many of here, one step on, two steps on, and so forth lie before <paramref name="frame"/>.</summary>
    public int CountBefore(int frame, FramePosition step)
    {
        if (frame <= Frame)
        {
            return 0;
        }

        UInt128 distance = ((UInt128)(uint)frame << 64) - Whole;
        return (int)UInt128.Min((distance + step.Whole - 1) / step.Whole, int.MaxValue);
    }

    // Far beyond any memory stays there: half of the range is left to count on with.
    private static FramePosition From(UInt128 whole) => new((int)UInt128.Min(whole >> 64, int.MaxValue / 2), (ulong)whole);
}
