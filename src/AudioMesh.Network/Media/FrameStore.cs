// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// The frames of a stream between network and device: a ring of planes, and a map of what is there for each lane. The network thread writes a frame once and never again until the device has
/// passed it; the device thread reads what the map says is there.
/// </summary>
[RealtimeSafe]
internal sealed unsafe class FrameStore
{
    private readonly PinnedPlanes _planes;
    private readonly PresenceMap[] _maps;
    private readonly int _channels;
    private readonly int _channelsPerLane;
    private readonly int _mask;

    public FrameStore(int channels, int channelsPerLane, int capacity)
    {
        _channels = channels;
        _channelsPerLane = channelsPerLane;
        _mask = capacity - 1;
        _planes = new PinnedPlanes(channels, capacity);
        _maps = new PresenceMap[(channels + channelsPerLane - 1) / channelsPerLane];
        for (int lane = 0; lane < _maps.Length; lane++)
        {
            _maps[lane] = new PresenceMap(capacity);
        }
    }

    public int Capacity => _mask + 1;

    public int Lanes => _maps.Length;

    public int FirstChannelOf(int lane) => lane * _channelsPerLane;

    public int ChannelsOf(int lane) => Math.Min(_channelsPerLane, _channels - FirstChannelOf(lane));

    /// <summary>The lane of just these channels, or -1.</summary>
    public int LaneOf(int firstChannel, int channelCount)
    {
        int lane = firstChannel / _channelsPerLane;
        return firstChannel == FirstChannelOf(lane) && channelCount == ChannelsOf(lane) ? lane : -1;
    }

    public PresenceMap Map(int lane) => _maps[lane];

    /// <summary>
    /// Writes what is not there yet of frames <paramref name="skip"/>.. of a packet that begins at <paramref name="first"/>; returns how many frames that were. Network thread.
    /// </summary>
    public int Write(int lane, int epoch, long first, int frames, int skip, ReadOnlySpan<float> planes)
    {
        PresenceMap map = _maps[lane];
        int written = 0;
        for (int at = skip; at < frames;)
        {
            at += map.Present(epoch, first + at, frames - at);
            int count = at < frames ? map.Absent(epoch, first + at, frames - at) : 0;
            for (int channel = 0; channel < ChannelsOf(lane) && count > 0; channel++)
            {
                Write(FirstChannelOf(lane) + channel, first + at, planes.Slice((channel * frames) + at, count));
            }

            map.Mark(epoch, first + at, count);
            written += count;
            at += count;
        }

        return written;
    }

    /// <summary>Copies frames that are there to the lane's channels of <paramref name="to"/>, from frame <paramref name="offset"/> on. Device thread.</summary>
    public void Read(int lane, long frame, int count, float** to, int offset)
    {
        int start = (int)(frame & _mask);
        int head = Math.Min(count, _mask + 1 - start);
        for (int channel = 0; channel < ChannelsOf(lane); channel++)
        {
            float* from = _planes.Pointers[FirstChannelOf(lane) + channel];
            new ReadOnlySpan<float>(from + start, head).CopyTo(new Span<float>(to[channel] + offset, head));
            new ReadOnlySpan<float>(from, count - head).CopyTo(new Span<float>(to[channel] + offset + head, count - head));
        }
    }

    private void Write(int channel, long frame, ReadOnlySpan<float> samples)
    {
        int start = (int)(frame & _mask);
        int head = Math.Min(samples.Length, _mask + 1 - start);
        float* to = _planes.Pointers[channel];
        samples[..head].CopyTo(new Span<float>(to + start, head));
        samples[head..].CopyTo(new Span<float>(to, samples.Length - head));
    }
}
