// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>One sound somewhere around a head, convolved for both ears. Where it moves, the old direction fades over to the new one in <see cref="FadeFrames"/>.</summary>
internal sealed unsafe class BinauralSource
{
    /// <summary>Frames of a fade from one direction to another, and the most that are rendered at once.</summary>
    public const int FadeFrames = 64;

    private static readonly float[] FadeShares = MakeShares();

    private readonly EarFilter _filter;
    private readonly AlignedArray<float> _held;
    private readonly AlignedArray<float> _taps;
    private readonly AlignedArray<float> _nextTaps;
    private readonly AlignedArray<float> _made;
    private int _fadeDone = FadeFrames;

    /// <summary>A source in front.</summary>
    public BinauralSource(EarFilter filter)
    {
        _filter = filter;
        _held = new AlignedArray<float>(filter.Taps + FadeFrames);
        _taps = new AlignedArray<float>(2 * filter.Taps);
        _nextTaps = new AlignedArray<float>(2 * filter.Taps);
        _made = new AlignedArray<float>(2 * FadeFrames);
        Write(_taps, 0, 0, 1);
    }

    /// <summary>Puts it into a direction in radians at once. While not rendered.</summary>
    public void Put(double azimuth, double elevation, double gain)
    {
        Write(_taps, azimuth, elevation, gain);
        _fadeDone = FadeFrames;
    }

    /// <summary>Moves it, from the next frame on; the last move must be over. Device thread.</summary>
    [RealtimeSafe]
    public void Move(double azimuth, double elevation, double gain)
    {
        Write(_nextTaps, azimuth, elevation, gain);
        _fadeDone = 0;
    }

    /// <summary>Adds the sound to both ears; up to <see cref="FadeFrames"/>, and no more than a move that began has left. Device thread.</summary>
    [RealtimeSafe]
    public void Add(ReadOnlySpan<float> samples, Span<float> left, Span<float> right)
    {
        float* now = _held.Start + _filter.Taps;
        samples.CopyTo(new Span<float>(now, samples.Length));
        bool fades = _fadeDone < FadeFrames;
        AddEar(now, 0, fades, left);
        AddEar(now, 1, fades, right);
        new Span<float>(_held.Start + samples.Length, _filter.Taps).CopyTo(new Span<float>(_held.Start, _filter.Taps));
        if (fades)
        {
            EndPart(samples.Length);
        }
    }

    private static float[] MakeShares()
    {
        float[] shares = new float[FadeFrames];
        for (int i = 0; i < FadeFrames; i++)
        {
            shares[i] = (float)(0.5 - (0.5 * Math.Cos(Math.PI * (i + 1) / FadeFrames)));
        }

        return shares;
    }

    private void Write(AlignedArray<float> taps, double azimuth, double elevation, double gain)
    {
        _filter.Write(new Span<float>(taps.Start, _filter.Taps), azimuth, elevation, -1, gain);
        _filter.Write(new Span<float>(taps.Start + _filter.Taps, _filter.Taps), azimuth, elevation, 1, gain);
    }

    private void AddEar(float* now, int ear, bool fades, Span<float> to)
    {
        float* made = _made.Start;
        Convolve(now, _taps.Start + (ear * _filter.Taps), made, to.Length);
        if (fades)
        {
            float* next = made + FadeFrames;
            Convolve(now, _nextTaps.Start + (ear * _filter.Taps), next, to.Length);
            for (int i = 0; i < to.Length; i++)
            {
                made[i] += FadeShares[_fadeDone + i] * (next[i] - made[i]);
            }
        }

        Mix.Add(new ReadOnlySpan<float>(made, to.Length), to);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Convolve(float* samples, float* taps, float* to, int count) =>
        BlockLoop.Run(new FirOperator(samples, taps, _filter.Taps, to), count);

    private void EndPart(int frames)
    {
        _fadeDone += frames;
        if (_fadeDone >= FadeFrames)
        {
            new Span<float>(_nextTaps.Start, _nextTaps.Length).CopyTo(new Span<float>(_taps.Start, _taps.Length));
        }
    }
}
