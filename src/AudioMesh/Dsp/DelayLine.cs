// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// The signal of one channel, later. All memory is taken when it is made. Whole delays give back the samples bit for bit; in between it
/// interpolates with a polynomial of third order through the four nearest samples (Lagrange; T. I. Laakso et al., "Splitting the Unit Delay",
/// IEEE Signal Processing Magazine 13, 1996). What comes out does not depend on how the signal is cut into blocks of the same delay. One
/// thread at a time.
/// </summary>
public sealed class DelayLine
{
    private const int Piece = 512;
    private readonly float[] _samples;
    private readonly int _mask;
    private int _next;

    /// <summary>A line, at first of silence, for delays of 0 to <paramref name="maxDelayFrames"/>, at most 2^28.</summary>
    public DelayLine(int maxDelayFrames)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDelayFrames);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDelayFrames, 1 << 28);
        MaxDelayFrames = maxDelayFrames;
        _samples = new float[BitOperations.RoundUpToPowerOf2((uint)(maxDelayFrames + Piece + 4))];
        _mask = _samples.Length - 1;
    }

    /// <summary>The longest delay.</summary>
    public int MaxDelayFrames { get; }

    /// <summary>
    /// Takes in samples, and gives out those of <paramref name="delayFrames"/> earlier, up to the shorter span, which may be the same memory. A
    /// delay out of range is taken for the nearer end.
    /// </summary>
    [RealtimeSafe]
    public void Process(ReadOnlySpan<float> source, Span<float> destination, int delayFrames)
    {
        int delay = Math.Clamp(delayFrames, 0, MaxDelayFrames);
        int count = Math.Min(source.Length, destination.Length);
        for (int done = 0; done < count; done += Piece)
        {
            int piece = Math.Min(Piece, count - done);
            int begin = TakeIn(source.Slice(done, piece));
            GiveOut(begin, delay, destination.Slice(done, piece));
        }
    }

    /// <summary>
    /// What was taken in last, up to 512 samples, again with another delay. The length is that of the last source.
    /// </summary>
    [RealtimeSafe]
    public void Again(Span<float> destination, int delayFrames)
    {
        int count = Math.Min(destination.Length, Piece);
        GiveOut((_next - count) & _mask, Math.Clamp(delayFrames, 0, MaxDelayFrames), destination[..count]);
    }

    /// <summary>
    /// The same with a delay of parts of frames that moves on a straight line: sample i of n has from + (to - from) * i / n. Below one frame
    /// the four samples are the newest ones. NaN is no delay.
    /// </summary>
    [RealtimeSafe]
    public void Process(ReadOnlySpan<float> source, Span<float> destination, double fromFrames, double toFrames)
    {
        int count = Math.Min(source.Length, destination.Length);
        double delay = InRange(fromFrames);
        double step = (InRange(toFrames) - delay) / count;
        for (int done = 0; done < count; done += Piece)
        {
            int piece = Math.Min(Piece, count - done);
            int begin = TakeIn(source.Slice(done, piece));
            for (int i = 0; i < piece; i++)
            {
                destination[done + i] = Between(begin + i, delay + (step * (done + i)));
            }
        }
    }

    /// <summary>Forgets what came before, as if it had been silence.</summary>
    [RealtimeSafe]
    public void Reset() => _samples.AsSpan().Clear();

    private double InRange(double delay) => double.IsNaN(delay) ? 0 : Math.Clamp(delay, 0, MaxDelayFrames);

    private void GiveOut(int begin, int delay, Span<float> to)
    {
        int from = (begin - delay) & _mask;
        int straight = Math.Min(to.Length, _samples.Length - from);
        _samples.AsSpan(from, straight).CopyTo(to);
        _samples.AsSpan(0, to.Length - straight).CopyTo(to[straight..]);
    }

    private int TakeIn(ReadOnlySpan<float> samples)
    {
        int begin = _next;
        int straight = Math.Min(samples.Length, _samples.Length - begin);
        samples[..straight].CopyTo(_samples.AsSpan(begin));
        samples[straight..].CopyTo(_samples);
        _next = (begin + samples.Length) & _mask;
        return begin;
    }

    private float Between(int now, double delay)
    {
        if (delay == (int)delay)
        {
            return _samples[(now - (int)delay) & _mask];
        }

        int whole = Math.Max((int)delay, 1);
        float t = (float)(delay - whole);
        float newest = _samples[(now - whole + 1) & _mask] * (-t * (t - 1) * (t - 2) * (1f / 6));
        float newer = _samples[(now - whole) & _mask] * ((t + 1) * (t - 1) * (t - 2) * 0.5f);
        float older = _samples[(now - whole - 1) & _mask] * (-(t + 1) * t * (t - 2) * 0.5f);
        float oldest = _samples[(now - whole - 2) & _mask] * ((t + 1) * t * (t - 1) * (1f / 6));
        return newest + newer + older + oldest;
    }
}
