// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AudioMesh.Dsp;

/// <summary>
/// Doubles the rate of some channels and takes away what a following rate cannot carry: the steep part of resampling, done by a
/// filter that is the same for every frame, so that many frames share each coefficient. Comes <see cref="DoublerFilter{T}.HalfTaps"/> frames late.
/// </summary>
internal sealed unsafe class Doubler<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ChunkFrames = 256;
    private const int Lanes = 4;
    private const int ManyLanes = 8;
    private const int HalfLineBytes = 32;
    private static readonly int HalfLine = HalfLineBytes / sizeof(T);
    private readonly DoublerFilter<T> _filter;
    private readonly int _channels;
    private readonly int _capacity;
    private readonly nint _twin;
    private readonly AlignedArray<T> _history;
    private readonly AlignedArray<T> _even;
    private readonly AlignedArray<T> _odd;
    private int _filled;

    public Doubler(DoublerFilter<T> filter, int channels)
    {
        _filter = filter;
        _channels = channels;
        _capacity = (Kept + (4 * ChunkFrames)) / (2 * HalfLine) * 2 * HalfLine;
        _twin = ((nint)channels * _capacity) + HalfLine;
        _history = new AlignedArray<T>((int)(2 * _twin) + (ManyLanes * Vector<T>.Count));
        _even = new AlignedArray<T>(HalfLine + ChunkFrames + (ManyLanes * Vector<T>.Count));
        _odd = new AlignedArray<T>(HalfLine + ChunkFrames + (ManyLanes * Vector<T>.Count));
        Clear();
    }

    // Eight sums are as many as hide the time that an addition takes, and no more; where there are 32 registers, there are sixteen.
    private static bool HasManyRegisters => Avx512F.VL.IsSupported || AdvSimd.IsSupported;

    private int Kept => (2 * _filter.HalfTaps) + HalfLine;

    public void Clear()
    {
        new Span<T>(_history.Start, _history.Length).Clear();
        _filled = Kept;
    }

    /// <summary>Writes two frames for each of <paramref name="source"/> to lanes that lie <paramref name="apart"/> from each other.</summary>
    public void Process(ChannelPlanes source, int at, int frames, T* lanes, int apart)
    {
        while (frames > 0)
        {
            int part = Math.Min(frames, ChunkFrames);
            MakeRoom(part);
            int early = _filled % HalfLine;
            for (int channel = 0; channel < _channels; channel++)
            {
                T* newest = _history.Start + ((nint)channel * _capacity) + _filled;
                source.Read(channel, at, newest, part);
                new Span<T>(newest, part).CopyTo(new Span<T>(newest + _twin, part));
                Filter(newest - _filter.HalfTaps - early, part + early);
                Join(early, lanes + ((nint)channel * apart), part);
            }

            _filled += part;
            at += part;
            frames -= part;
            lanes += 2 * part;
        }
    }

    private void MakeRoom(int frames)
    {
        if (_filled + frames <= _capacity)
        {
            return;
        }

        for (int channel = 0; channel < _channels; channel++)
        {
            T* lane = _history.Start + ((nint)channel * _capacity);
            new Span<T>(lane + _filled - Kept, Kept).CopyTo(new Span<T>(lane, Kept));
            new Span<T>(lane, Kept).CopyTo(new Span<T>(lane + _twin, Kept));
        }

        _filled = Kept;
    }

    // What is computed beyond the last frame is of old memory, and nobody looks at it.
    private void Filter(T* center, int frames)
    {
        int frame = 0;
        for (; WideDoubling.IsFast && frame <= frames - (WideDoubling.FramesOf<T>() * 3 / 4); frame += WideDoubling.FramesOf<T>())
        {
            WideDoubling.Filter(_filter.Pairs, _filter.HalfTaps, center + frame, _even.Start + frame, _odd.Start + frame);
        }

        for (; HasManyRegisters && frame < frames - (Lanes * Vector<T>.Count); frame += ManyLanes * Vector<T>.Count)
        {
            FilterEight(center + frame, _even.Start + frame, _odd.Start + frame);
        }

        for (; frame < frames - Vector<T>.Count; frame += Lanes * Vector<T>.Count)
        {
            FilterFour(center + frame, _even.Start + frame, _odd.Start + frame);
        }

        for (; frame < frames; frame += Vector<T>.Count)
        {
            FilterOne(_filter.Pairs, _filter.HalfTaps, center + frame, _even.Start + frame, _odd.Start + frame);
        }
    }

    // From the outermost coefficients, which are the smallest, to the largest: so the sums stay small, and with them their rounding. Each lane
    // is a frame of its own, so that the bits do not depend on where a vector begins. Of two copies half a cache line apart one holds the
    // next vectors within a line: for half a line of steps the even vectors are read from one copy, the odd ones from the other, and then the other way.
    private void FilterFour(T* center, T* even, T* odd)
    {
        int w = Vector<T>.Count;
        int steps = HalfLine;
        T* pairs = _filter.Pairs;
        T* end = pairs + (2 * _filter.HalfTaps);
        T* left = center - _filter.HalfTaps + 1;
        T* right = center + _filter.HalfTaps - 1;
        (nint leftTwin, nint leftOther) = TwinsOf(left);
        (nint rightTwin, nint rightOther) = TwinsOf(right);
        Vector<T> e0 = Vector<T>.Zero, e1 = e0, e2 = e0, e3 = e0, o0 = e0, o1 = e0, o2 = e0, o3 = e0;
        Vector<T> r0 = Vector.Load(right + 1), r1 = Vector.Load(right + 1 + w);
        Vector<T> r2 = Vector.Load(right + 1 + (2 * w)), r3 = Vector.Load(right + 1 + (3 * w));
        for (; pairs < end; left += steps, right -= steps)
        {
            T* leftEven = left + leftTwin, leftOdd = left + leftOther + w;
            T* rightEven = right + rightTwin, rightOdd = right + rightOther + w;
            for (nint i = 0; i < steps; i += 2, pairs += 4)
            {
                Vector<T> atFrames = new(pairs[0]);
                Vector<T> between = new(pairs[1]);
                Step(leftEven, rightEven, atFrames, between, ref r0, ref e0, ref o0);
                Step(leftOdd, rightOdd, atFrames, between, ref r1, ref e1, ref o1);
                Step(leftEven + (2 * w), rightEven + (2 * w), atFrames, between, ref r2, ref e2, ref o2);
                Step(leftOdd + (2 * w), rightOdd + (2 * w), atFrames, between, ref r3, ref e3, ref o3);
                atFrames = new(pairs[2]);
                between = new(pairs[3]);
                Step(leftEven + 1, rightEven - 1, atFrames, between, ref r0, ref e0, ref o0);
                Step(leftOdd + 1, rightOdd - 1, atFrames, between, ref r1, ref e1, ref o1);
                Step(leftEven + 1 + (2 * w), rightEven - 1 + (2 * w), atFrames, between, ref r2, ref e2, ref o2);
                Step(leftOdd + 1 + (2 * w), rightOdd - 1 + (2 * w), atFrames, between, ref r3, ref e3, ref o3);
                leftEven += 2;
                leftOdd += 2;
                rightEven -= 2;
                rightOdd -= 2;
            }

            (leftTwin, leftOther) = (leftOther, leftTwin);
            (rightTwin, rightOther) = (rightOther, rightTwin);
        }

        e0.Store(even);
        e1.Store(even + w);
        e2.Store(even + (2 * w));
        e3.Store(even + (3 * w));
        o0.Store(odd);
        o1.Store(odd + w);
        o2.Store(odd + (2 * w));
        o3.Store(odd + (3 * w));
    }

    private void FilterEight(T* center, T* even, T* odd)
    {
        int w = Vector<T>.Count;
        int steps = HalfLine;
        T* pairs = _filter.Pairs;
        T* end = pairs + (2 * _filter.HalfTaps);
        T* left = center - _filter.HalfTaps + 1;
        T* right = center + _filter.HalfTaps - 1;
        (nint leftTwin, nint leftOther) = TwinsOf(left);
        (nint rightTwin, nint rightOther) = TwinsOf(right);
        Vector<T> e0 = Vector<T>.Zero, e1 = e0, e2 = e0, e3 = e0, e4 = e0, e5 = e0, e6 = e0, e7 = e0;
        Vector<T> o0 = e0, o1 = e0, o2 = e0, o3 = e0, o4 = e0, o5 = e0, o6 = e0, o7 = e0;
        Vector<T> r0 = Vector.Load(right + 1), r1 = Vector.Load(right + 1 + w), r2 = Vector.Load(right + 1 + (2 * w)), r3 = Vector.Load(right + 1 + (3 * w));
        Vector<T> r4 = Vector.Load(right + 1 + (4 * w)), r5 = Vector.Load(right + 1 + (5 * w)), r6 = Vector.Load(right + 1 + (6 * w)), r7 = Vector.Load(right + 1 + (7 * w));
        for (; pairs < end; left += steps, right -= steps)
        {
            T* leftEven = left + leftTwin, leftOdd = left + leftOther + w;
            T* rightEven = right + rightTwin, rightOdd = right + rightOther + w;
            for (nint i = 0; i < steps; i++, pairs += 2, leftEven++, leftOdd++, rightEven--, rightOdd--)
            {
                Vector<T> atFrames = new(pairs[0]);
                Vector<T> between = new(pairs[1]);
                Step(leftEven, rightEven, atFrames, between, ref r0, ref e0, ref o0);
                Step(leftOdd, rightOdd, atFrames, between, ref r1, ref e1, ref o1);
                Step(leftEven + (2 * w), rightEven + (2 * w), atFrames, between, ref r2, ref e2, ref o2);
                Step(leftOdd + (2 * w), rightOdd + (2 * w), atFrames, between, ref r3, ref e3, ref o3);
                Step(leftEven + (4 * w), rightEven + (4 * w), atFrames, between, ref r4, ref e4, ref o4);
                Step(leftOdd + (4 * w), rightOdd + (4 * w), atFrames, between, ref r5, ref e5, ref o5);
                Step(leftEven + (6 * w), rightEven + (6 * w), atFrames, between, ref r6, ref e6, ref o6);
                Step(leftOdd + (6 * w), rightOdd + (6 * w), atFrames, between, ref r7, ref e7, ref o7);
            }

            (leftTwin, leftOther) = (leftOther, leftTwin);
            (rightTwin, rightOther) = (rightOther, rightTwin);
        }

        e0.Store(even);
        e1.Store(even + w);
        e2.Store(even + (2 * w));
        e3.Store(even + (3 * w));
        e4.Store(even + (4 * w));
        e5.Store(even + (5 * w));
        e6.Store(even + (6 * w));
        e7.Store(even + (7 * w));
        o0.Store(odd);
        o1.Store(odd + w);
        o2.Store(odd + (2 * w));
        o3.Store(odd + (3 * w));
        o4.Store(odd + (4 * w));
        o5.Store(odd + (5 * w));
        o6.Store(odd + (6 * w));
        o7.Store(odd + (7 * w));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (nint Even, nint Odd) TwinsOf(T* frame) => ((nuint)frame & HalfLineBytes) == 0 ? (0, _twin) : (_twin, 0);

    private static void FilterOne(T* pairs, int halfTaps, T* center, T* even, T* odd)
    {
        Vector<T> e = Vector<T>.Zero, o = e;
        T* right = center + halfTaps;
        Vector<T> r = Vector.Load(right);
        for (T* left = center - halfTaps + 1; left <= center; left++, pairs += 2)
        {
            right--;
            Step(left, right, new Vector<T>(pairs[0]), new Vector<T>(pairs[1]), ref r, ref e, ref o);
        }

        e.Store(even);
        o.Store(odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(T* left, T* right, Vector<T> atFrames, Vector<T> between, ref Vector<T> outer, ref Vector<T> even, ref Vector<T> odd)
    {
        Vector<T> before = Vector.Load(left);
        odd = VectorMath.MultiplyAdd(between, before + outer, odd);
        outer = Vector.Load(right);
        even = VectorMath.MultiplyAdd(atFrames, before + outer, even);
    }

    private void Join(int from, T* lane, int frames)
    {
        if (typeof(T) == typeof(float))
        {
            float** planes = stackalloc float*[2] { (float*)_even.Start, (float*)_odd.Start };
            Interleave.FromPlanar(planes, from, (float*)lane, 2, frames);
            return;
        }

        int frame = 0;
        for (; Vector256.IsHardwareAccelerated && frame <= frames - Vector128<double>.Count; frame += Vector128<double>.Count)
        {
            Vector256<double> both = Vector256.Create(Vector128.Load((double*)_even.Start + from + frame), Vector128.Load((double*)_odd.Start + from + frame));
            Vector256.Shuffle(both, Vector256.Create(0L, 2, 1, 3)).Store((double*)lane + (2 * frame));
        }

        for (; frame < frames; frame++)
        {
            lane[2 * frame] = _even.Start[from + frame];
            lane[(2 * frame) + 1] = _odd.Start[from + frame];
        }
    }
}
