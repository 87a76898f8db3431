// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>
/// Between the HAL's buffers, each with one or more interleaved channels, and one pointer per channel. A buffer of one channel is
/// pointed into; others are copied through memory of our own. A layout that is not the one seen at opening reads as silence and plays
/// into nothing where it has no such channel. Device thread only, but for making and disposing.
/// </summary>
internal sealed unsafe class ChannelMap : IDisposable
{
    private readonly ChannelBuffers _own;
    private readonly ChannelBuffers _bound;

    /// <summary>Maps the first <paramref name="channels"/> channels of streams of these widths, up to <paramref name="frames"/> frames at a time.</summary>
    public ChannelMap(int channels, ReadOnlySpan<int> widths, int frames)
    {
        Channels = channels;
        int covered = 0;
        for (int i = 0; i < widths.Length && covered < channels; i++)
        {
            covered += widths[i];
        }

        _own = new ChannelBuffers(covered, frames);
        _bound = new ChannelBuffers(covered, 0);
    }

    /// <summary>How many channels the renderer sees.</summary>
    public int Channels { get; }

    /// <summary>One pointer per channel, valid from a bind until the cycle's end.</summary>
    public float** Pointers => _bound.Pointers;

    /// <summary>Points to, or takes apart, <paramref name="frames"/> recorded frames from <paramref name="first"/> on.</summary>
    [RealtimeSafe]
    public void BindInputs(AudioBufferList* list, int first, int frames)
    {
        Bind(list, first, frames, isInput: true);
    }

    /// <summary>Points to where <paramref name="frames"/> frames from <paramref name="first"/> on are to be written.</summary>
    [RealtimeSafe]
    public void BindOutputs(AudioBufferList* list, int first, int frames)
    {
        Bind(list, first, frames, isInput: false);
    }

    /// <summary>Puts what was written together into the HAL's buffers.</summary>
    [RealtimeSafe]
    public void Deliver(AudioBufferList* list, int first, int frames)
    {
        int channel = 0;
        for (uint i = 0; i < list->mNumberBuffers && channel < _own.Channels; i++)
        {
            AudioBuffer* buffer = Buffer(list, i);
            int width = (int)buffer->mNumberChannels;
            if (!IsUsable(buffer, channel, first + frames))
            {
                break;
            }

            if (width > 1)
            {
                Interleave.FromPlanar(_bound.Pointers + channel, Samples(buffer, first, frames), width, frames);
            }

            channel += width;
        }
    }

    /// <summary>Frames in the first buffer that has any; 0 for an empty list.</summary>
    [RealtimeSafe]
    public static int FramesOf(AudioBufferList* list)
    {
        for (uint i = 0; list != null && i < list->mNumberBuffers; i++)
        {
            AudioBuffer* buffer = Buffer(list, i);
            if (buffer->mNumberChannels > 0)
            {
                return (int)(buffer->mDataByteSize / (buffer->mNumberChannels * sizeof(float)));
            }
        }

        return 0;
    }

    public void Dispose()
    {
        _own.Dispose();
        _bound.Dispose();
    }

    [RealtimeSafe]
    private void Bind(AudioBufferList* list, int first, int frames, bool isInput)
    {
        int channel = 0;
        for (uint i = 0; i < list->mNumberBuffers && channel < _own.Channels; i++)
        {
            AudioBuffer* buffer = Buffer(list, i);
            int width = (int)buffer->mNumberChannels;
            if (!IsUsable(buffer, channel, first + frames))
            {
                break;
            }

            if (width == 1)
            {
                _bound.Pointers[channel] = (float*)buffer->mData + first;
            }
            else
            {
                UseOwn(channel, width);
                if (isInput)
                {
                    Interleave.ToPlanar(Samples(buffer, first, frames), _bound.Pointers + channel, width, frames);
                }
            }

            channel += width;
        }

        UseOwn(channel, _own.Channels - channel);
        for (; isInput && channel < _own.Channels; channel++)
        {
            new Span<float>(_own.Pointers[channel], frames).Clear();
        }
    }

    [RealtimeSafe]
    private void UseOwn(int channel, int count)
    {
        for (int end = channel + count; channel < end; channel++)
        {
            _bound.Pointers[channel] = _own.Pointers[channel];
        }
    }

    [RealtimeSafe]
    private bool IsUsable(AudioBuffer* buffer, int channel, int frames) =>
        buffer->mData != null && channel + (long)buffer->mNumberChannels <= _own.Channels
        && (long)frames * buffer->mNumberChannels * sizeof(float) <= buffer->mDataByteSize;

    [RealtimeSafe]
    private static AudioBuffer* Buffer(AudioBufferList* list, uint index) => (AudioBuffer*)&list->mBuffers + index;

    [RealtimeSafe]
    private static Span<float> Samples(AudioBuffer* buffer, int first, int frames) => new(
        (float*)buffer->mData + ((nint)first * (nint)buffer->mNumberChannels), frames * (int)buffer->mNumberChannels);
}
