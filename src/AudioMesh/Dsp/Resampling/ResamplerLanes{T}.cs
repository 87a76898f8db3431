// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>Lanes of floats or doubles.</summary>
[RealtimeSafe]
internal sealed unsafe class ResamplerLanes<T> : ResamplerLanes
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PolyphaseBank<T>[] _banks;
    private readonly bool _isExact;
    private readonly Doubler<T>? _doubler;
    private readonly AlignedArray<T> _memory;

    public ResamplerLanes(int channels, int capacityFrames, ResamplerBanks<T> banks)
        : base(channels, capacityFrames)
    {
        _banks = banks.Banks;
        _isExact = banks.IsExact;
        _doubler = banks.Doubler is null ? null : new Doubler<T>(banks.Doubler, channels);
        _memory = new AlignedArray<T>(channels * capacityFrames);
    }

    public override void Write(ChannelPlanes source, int at, int to, int frames)
    {
        if (_doubler is { } doubler)
        {
            doubler.Process(source, at, frames, LaneOf(0) + to, CapacityFrames);
            return;
        }

        for (int channel = 0; channel < Channels; channel++)
        {
            source.Read(channel, at, LaneOf(channel) + to, frames);
        }
    }

    public override void MoveToStart(int from, int frames)
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            T* lane = LaneOf(channel);
            new Span<T>(lane + from, frames).CopyTo(new Span<T>(lane, frames));
        }
    }

    public override void Clear()
    {
        new Span<T>(_memory.Start, _memory.Length).Clear();
        _doubler?.Clear();
    }

    public override void Render(int bank, FramePosition position, FramePosition step, ChannelPlanes output, int at, int frames)
    {
        if (_banks.Length == 0)
        {
            Render(default(LinearKernel<T>), position, step, output, at, frames);
        }
        else if (_isExact && _doubler is not null)
        {
            Render(new NearestShortKernel<T>(_banks[bank]), position, step, output, at, frames);
        }
        else if (_isExact)
        {
            Render(new NearestKernel<T>(_banks[bank]), position, step, output, at, frames);
        }
        else if (_doubler is not null)
        {
            Render(new BlendKernel<T>(_banks[bank]), position, step, output, at, frames);
        }
        else
        {
            Render(new CubicKernel<T>(_banks[bank]), position, step, output, at, frames);
        }
    }

    private void Render<TKernel>(TKernel kernel, FramePosition position, FramePosition step, ChannelPlanes output, int at, int frames)
        where TKernel : struct, IPhaseKernel<T>
    {
        int before = kernel.HalfTaps - 1;
        int channel = 0;
        for (; channel <= Channels - 2; channel += 2)
        {
            RenderTwo(kernel, LaneOf(channel) - before, CapacityFrames, position, step, output.At(channel, at), output.At(channel + 1, at), output.Stride, frames);
        }

        if (channel < Channels)
        {
            RenderOne(kernel, LaneOf(channel) - before, position, step, output.At(channel, at), output.Stride, frames);
        }
    }

    // Apart, so that each has the registers to itself.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RenderTwo<TKernel>(
        TKernel kernel, T* windows, nint apart, FramePosition now, FramePosition step, float* left, float* right, nint stride, int frames)
        where TKernel : struct, IPhaseKernel<T>
    {
        for (; frames > 0; frames--, left += stride, right += stride, now = now.After(step))
        {
            (T l, T r) = kernel.Two(now.Fraction, windows + now.Frame, apart);
            *left = float.CreateTruncating(l);
            *right = float.CreateTruncating(r);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RenderOne<TKernel>(
        TKernel kernel, T* windows, FramePosition now, FramePosition step, float* samples, nint stride, int frames)
        where TKernel : struct, IPhaseKernel<T>
    {
        for (; frames > 0; frames--, samples += stride, now = now.After(step))
        {
            *samples = float.CreateTruncating(kernel.One(now.Fraction, windows + now.Frame));
        }
    }

    private T* LaneOf(int channel) => _memory.Start + ((nint)channel * CapacityFrames);
}
