// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// Reads a stream at a pace that differs from it by little and changes all the time. It needs only the frames that there are: with none ahead it passes whole frames on as they are, without
/// any delay. Device thread.
/// </summary>
[RealtimeSafe]
internal sealed unsafe class DriftInterpolator
{
    /// <summary>Most frames to take in, and to make, at a time.</summary>
    public const int MostFrames = 512;

    private const int Capacity = 4096;

    private readonly FractionalKernels _kernels = FractionalKernels.Shared;
    private readonly PinnedPlanes _planes;
    private int _filled = FractionalKernels.Before;
    private int _frame = FractionalKernels.Before;
    private double _fraction;

    public DriftInterpolator(int channels) => _planes = new PinnedPlanes(channels, Capacity + FractionalKernels.Taps);

    /// <summary>Where frames to take in are written to, behind those taken in already: at <see cref="Offset"/>.</summary>
    public float** Input => _planes.Pointers;

    /// <summary>The first frame to write.</summary>
    public int Offset => _filled;

    /// <summary>Frames from the place that is read next to the end of what was taken in.</summary>
    public double Ahead => _filled - _frame - _fraction;

    /// <summary>How far behind a whole frame the place is.</summary>
    public double Fraction => _fraction;

    /// <summary>Moves what is still needed to the beginning, so that <paramref name="frames"/> can be written.</summary>
    public void MakeRoom(int frames)
    {
        if (_filled + frames <= Capacity)
        {
            return;
        }

        int spent = Math.Min(_frame, _filled) - FractionalKernels.Before;
        for (int channel = 0; channel < _planes.Channels; channel++)
        {
            float* plane = _planes.Pointers[channel];
            new Span<float>(plane + spent, _filled - spent).CopyTo(new Span<float>(plane, Capacity));
        }

        _filled -= spent;
        _frame -= spent;
    }

    /// <summary>So many frames have been written.</summary>
    public void Take(int frames) => _filled += frames;

    /// <summary>Frames that must still be taken in, to make <paramref name="frames"/> with <paramref name="step"/> from one to the next.</summary>
    public int FramesFor(int frames, double step)
    {
        double last = _fraction + ((frames - 1) * step);
        double floor = Math.Floor(last);
        int needed = _frame + (int)floor + (step == 1 && _fraction == 0 ? 1 : 2);
        return Math.Max(0, needed - _filled);
    }

    /// <summary>Makes frames. Those that are ahead must be there.</summary>
    public void Render(float** output, int frames, double step)
    {
        if (step == 1 && _fraction == 0)
        {
            for (int channel = 0; channel < _planes.Channels; channel++)
            {
                new ReadOnlySpan<float>(_planes.Pointers[channel] + _frame, frames).CopyTo(new Span<float>(output[channel], frames));
            }

            _frame += frames;
            return;
        }

        double framesAPhase = 1 / (FractionalKernels.Phases * Math.Abs(step - 1));
        int made;
        for (int frame = 0; frame < frames; frame += made)
        {
            made = Math.Min(frames - frame, RunFrames(step, framesAPhase));
            if (made < FractionalRun.Fewest)
            {
                made = 1;
                RenderFrame(output, frame);
            }
            else
            {
                RenderRun(output, frame, made, step);
            }

            _fraction += made * step;
            int whole = (int)Math.Floor(_fraction);
            _frame += whole;
            _fraction -= whole;
        }
    }

    /// <summary>Puts the place on the nearest whole frame, when it has been brought there.</summary>
    public void Land()
    {
        _frame += _fraction >= 0.5 ? 1 : 0;
        _fraction = 0;
    }

    /// <summary>Frames from the place on that lie between the same two filters, with all that they need ahead.</summary>
    private int RunFrames(double step, double framesAPhase)
    {
        double place = _fraction * FractionalKernels.Phases;
        double rest = step >= 1 ? Math.Floor(place) + 1 - place : place - Math.Floor(place);
        return Math.Min(_filled - FractionalKernels.MostAhead - _frame, (int)Math.Min(rest * framesAPhase, MostFrames) + 1);
    }

    private void RenderRun(float** output, int frame, int frames, double step)
    {
        double place = _fraction * FractionalKernels.Phases;
        ReadOnlySpan<float> filters = _kernels.From((int)place);
        float share = (float)(place - (int)place);
        float growth = (float)((step - 1) * FractionalKernels.Phases);
        for (int channel = 0; channel < _planes.Channels; channel++)
        {
            float* from = _planes.Pointers[channel] + _frame - (FractionalKernels.Before - 1);
            FractionalRun.Apply(filters[..FractionalKernels.Taps], filters[FractionalKernels.Taps..], share, growth, from, output[channel] + frame, frames);
        }
    }

    private void RenderFrame(float** output, int frame)
    {
        int ahead = Math.Min(_filled - 1 - _frame, FractionalKernels.MostAhead);
        if (ahead < 1)
        {
            for (int channel = 0; channel < _planes.Channels; channel++)
            {
                output[channel][frame] = _planes.Pointers[channel][_frame];
            }

            return;
        }

        FractionalTaps taps = _kernels.At(ahead, _fraction);
        for (int channel = 0; channel < _planes.Channels; channel++)
        {
            output[channel][frame] = taps.Apply(_planes.Pointers[channel] + _frame - (FractionalKernels.Before - 1));
        }
    }
}
