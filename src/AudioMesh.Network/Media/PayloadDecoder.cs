// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Media;

/// <summary>Makes samples of a stream's payloads. Network thread.</summary>
internal sealed unsafe class PayloadDecoder : IDisposable
{
    private readonly LaneDecoder[] _decoders;
    private readonly long[] _next;
    private readonly float[] _samples;
    private readonly float* _first;
    private readonly SampleEncoding _encoding;

    public PayloadDecoder(StreamReceiverOptions options, FrameStore store)
    {
        _encoding = options.Encoding;
        _next = new long[store.Lanes];
        _samples = GC.AllocateArray<float>(options.ChannelsPerLane * options.PacketFrames, pinned: true);
        _first = (float*)Unsafe.AsPointer(ref _samples[0]);
        _decoders = new LaneDecoder[store.Lanes];
        for (int lane = 0; lane < _decoders.Length; lane++)
        {
            _decoders[lane] = new LaneDecoder(options.Encoding, options.Rate, store.ChannelsOf(lane), options.PacketFrames);
        }
    }

    /// <summary>The samples, all of a channel after all of the one before; none where the payload is not what the header says, or a codec can no longer take it.</summary>
    public ReadOnlySpan<float> Decode(int lane, in AudioPacketHeader header, ReadOnlySpan<byte> payload)
    {
        // A codec with memory wants packets in their order: what comes behind a newer one is lost to it.
        bool isBehind = _encoding == SampleEncoding.Opus && header.FirstFrame < _next[lane] && _next[lane] - header.FirstFrame < header.Rate;
        if (header.Encoding != _encoding || isBehind)
        {
            return default;
        }

        float** planes = stackalloc float*[header.ChannelCount];
        for (int channel = 0; channel < header.ChannelCount; channel++)
        {
            planes[channel] = _first + (channel * header.Frames);
        }

        if (!_decoders[lane].TryDecode(payload, planes, 0, header.Frames))
        {
            return default;
        }

        _next[lane] = header.FirstFrame + header.Frames;
        return new ReadOnlySpan<float>(_first, header.ChannelCount * header.Frames);
    }

    public void Dispose()
    {
        foreach (LaneDecoder decoder in _decoders)
        {
            decoder.Dispose();
        }
    }
}
