// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// Carries samples between planar floats and a stretch of a device's memory in its own format and order. <c>memory</c> has one pointer
/// per channel where channels lie apart, and one in all where they are interleaved. One device thread.
/// </summary>
internal sealed unsafe class SamplePacker : IDisposable
{
    private readonly SampleFormat _format;
    private readonly int _bytes;
    private readonly int _channels;
    private readonly bool _interleaved;
    private float** _from;
    private float* _frames;

    /// <summary>For at most <paramref name="mostFrames"/> at a time.</summary>
    public SamplePacker(PcmShape shape, int mostFrames)
    {
        _format = shape.Format;
        _bytes = AlsaFormats.BytesPerSample(shape.Format);
        _channels = shape.Channels;
        _interleaved = shape.Interleaved && shape.Channels > 1;
        _from = (float**)NativeMemory.AllocZeroed((nuint)shape.Channels, (nuint)sizeof(float*));
        _frames = (float*)NativeMemory.AllocZeroed((nuint)shape.Channels * (nuint)mostFrames, sizeof(float));
    }

    /// <summary>Puts <paramref name="frames"/> frames of <paramref name="planar"/>, <paramref name="start"/> and after, into memory.</summary>
    [RealtimeSafe]
    public void Pack(float** planar, int start, int frames, byte** memory)
    {
        PointAt(planar, start);
        if (!_interleaved)
        {
            for (int channel = 0; channel < _channels; channel++)
            {
                Encode(_from[channel], memory[channel], frames);
            }
        }
        else if (_format == SampleFormat.Float32)
        {
            Interleave.FromPlanar(_from, new Span<float>(memory[0], frames * _channels), _channels, frames);
        }
        else
        {
            Interleave.FromPlanar(_from, new Span<float>(_frames, frames * _channels), _channels, frames);
            Encode(_frames, memory[0], frames * _channels);
        }
    }

    /// <summary>The other way.</summary>
    [RealtimeSafe]
    public void Unpack(byte** memory, float** planar, int start, int frames)
    {
        PointAt(planar, start);
        if (!_interleaved)
        {
            for (int channel = 0; channel < _channels; channel++)
            {
                Decode(memory[channel], _from[channel], frames);
            }
        }
        else if (_format == SampleFormat.Float32)
        {
            Interleave.ToPlanar(new ReadOnlySpan<float>(memory[0], frames * _channels), _from, _channels, frames);
        }
        else
        {
            Decode(memory[0], _frames, frames * _channels);
            Interleave.ToPlanar(new ReadOnlySpan<float>(_frames, frames * _channels), _from, _channels, frames);
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_from);
        NativeMemory.Free(_frames);
        _from = null;
        _frames = null;
    }

    private void PointAt(float** planar, int start)
    {
        for (int channel = 0; channel < _channels; channel++)
        {
            _from[channel] = planar[channel] + start;
        }
    }

    private void Encode(float* samples, byte* memory, int count)
    {
        ReadOnlySpan<float> source = new(samples, count);
        switch (_format)
        {
            case SampleFormat.Int16:
                SampleConvert.ToInt16(source, new Span<short>(memory, count));
                break;
            case SampleFormat.Int24In32:
                SampleConvert.ToInt24In32(source, new Span<int>(memory, count));
                break;
            case SampleFormat.Int24:
                SampleConvert.ToInt24(source, new Span<byte>(memory, count * _bytes));
                break;
            case SampleFormat.Int32:
                SampleConvert.ToInt32(source, new Span<int>(memory, count));
                break;
            default:
                source.CopyTo(new Span<float>(memory, count));
                break;
        }
    }

    private void Decode(byte* memory, float* samples, int count)
    {
        Span<float> destination = new(samples, count);
        switch (_format)
        {
            case SampleFormat.Int16:
                SampleConvert.FromInt16(new ReadOnlySpan<short>(memory, count), destination);
                break;
            case SampleFormat.Int24In32:
                SampleConvert.FromInt24In32(new ReadOnlySpan<int>(memory, count), destination);
                break;
            case SampleFormat.Int24:
                SampleConvert.FromInt24(new ReadOnlySpan<byte>(memory, count * _bytes), destination);
                break;
            case SampleFormat.Int32:
                SampleConvert.FromInt32(new ReadOnlySpan<int>(memory, count), destination);
                break;
            default:
                new ReadOnlySpan<float>(memory, count).CopyTo(destination);
                break;
        }
    }
}
