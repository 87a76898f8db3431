// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// Cuts a stream's blocks into packets that fit datagrams, with what is to be sent besides against loss, and hands them to an outlet. One thread, but for <see cref="Statistics"/>;
/// allocates nothing after construction.
/// </summary>
public sealed unsafe class StreamSender : IDisposable
{
    private readonly StreamSenderOptions _options;
    private readonly IStreamOutlet _outlet;
    private readonly AudioBodyWriter _writer;
    private readonly LaneEncoder[] _encoders;
    private readonly PinnedPlanes? _collected;
    private readonly byte[] _payload;
    private readonly byte[] _body;
    private readonly int _delay;
    private int _collectedFrames;
    private MeshTime _collectedTime;
    private FrameFlags _collectedFlags;
    private uint _sequence;
    private long _position;
    private long _frames;
    private long _skipped;
    private long _packets;
    private long _bodies;
    private long _bytes;

    /// <summary>A sender of one stream.</summary>
    /// <exception cref="AudioMeshException">InvalidArgument: an option is out of range; FormatUnsupported and LibraryMissing: Opus cannot, or is not there.</exception>
    public StreamSender(StreamSenderOptions options, IStreamOutlet outlet)
    {
        (_options, _outlet) = (options, outlet);
        Plan = PacketPlan.For(options.Channels, options.BlockFrames, options.Rate, options.Encoding, options.DatagramBytes);
        _writer = new AudioBodyWriter(Plan, options.Redundancy, options.DatagramBytes);
        _encoders = new LaneEncoder[Plan.Lanes];
        for (int lane = 0; lane < _encoders.Length; lane++)
        {
            _encoders[lane] = new LaneEncoder(options.Encoding, options.Rate, Plan.ChannelsOf(lane), Plan.FramesPerPacket);
        }

        _payload = new byte[_encoders.Max(encoder => encoder.MostBytes)];
        _body = new byte[DatagramSize.Body(options.DatagramBytes)];
        _delay = _encoders[0].DelayFrames;
        _position = _delay;
        _collected = options.Encoding == SampleEncoding.Opus ? new PinnedPlanes(options.Channels, Plan.FramesPerPacket) : null;
    }

    /// <summary>What it was made for.</summary>
    public StreamSenderOptions Options => _options;

    /// <summary>How the stream is cut; to be offered with it.</summary>
    public PacketPlan Plan { get; }

    /// <summary>Figures of this moment. Any thread.</summary>
    public SenderStatistics Statistics => new(
        Volatile.Read(ref _frames), Volatile.Read(ref _skipped), Volatile.Read(ref _packets), Volatile.Read(ref _bodies), Volatile.Read(ref _bytes));

    /// <summary>
    /// Sends <paramref name="frames"/> of each channel. <paramref name="meshTime"/> is when the first was recorded or is heard at the sender; unknown where mesh time is.
    /// </summary>
    public void Send(float** channels, int frames, MeshTime meshTime, FrameFlags flags)
    {
        for (int done = 0; done < frames;)
        {
            int count = Math.Min(Plan.FramesPerPacket - _collectedFrames, frames - done);
            MeshTime time = After(meshTime, done);
            if (_collected is null)
            {
                SendPackets(channels, done, count, time, flags);
            }
            else
            {
                Collect(channels, done, count, time, flags);
            }

            done += count;
        }

        Volatile.Write(ref _frames, _frames + frames);
    }

    /// <summary>Leaves out frames that cannot be sent: the stream goes on behind them.</summary>
    public void Skip(long frames)
    {
        _position += Math.Max(0, frames) + _collectedFrames;
        _collectedFrames = 0;
        Volatile.Write(ref _skipped, _skipped + Math.Max(0, frames));
    }

    /// <summary>Gives its codecs back.</summary>
    public void Dispose()
    {
        foreach (LaneEncoder encoder in _encoders)
        {
            encoder.Dispose();
        }
    }

    private void Collect(float** channels, int offset, int frames, MeshTime time, FrameFlags flags)
    {
        _collectedTime = _collectedFrames == 0 ? time : _collectedTime;
        _collectedFlags = _collectedFrames == 0 ? flags : _collectedFlags | flags;
        for (int channel = 0; channel < _options.Channels; channel++)
        {
            new ReadOnlySpan<float>(channels[channel] + offset, frames).CopyTo(new Span<float>(_collected!.Pointers[channel] + _collectedFrames, frames));
        }

        _collectedFrames += frames;
        if (_collectedFrames == Plan.FramesPerPacket)
        {
            _collectedFrames = 0;
            SendPackets(_collected!.Pointers, 0, Plan.FramesPerPacket, _collectedTime, _collectedFlags);
        }
    }

    private void SendPackets(float** channels, int offset, int frames, MeshTime time, FrameFlags flags)
    {
        for (int lane = 0; lane < _encoders.Length; lane++)
        {
            int first = Plan.FirstChannelOf(lane);
            AudioPacketHeader header = new(
                _options.StreamId,
                _sequence++,
                _position - _delay,
                After(time, -_delay),
                _options.Rate,
                _options.Channels,
                first,
                Plan.ChannelsOf(lane),
                frames,
                _options.Encoding,
                flags);
            int bytes = _encoders[lane].Encode(channels + first, offset, frames, _payload);
            if (bytes > 0 && _writer.Add(header, _payload.AsSpan(0, bytes)))
            {
                Volatile.Write(ref _packets, _packets + 1);
                SendBodies();
            }
        }

        _position += frames;
    }

    private void SendBodies()
    {
        while (_writer.TryNext(_body, out MessageType type, out int bytes))
        {
            _outlet.Send(type, _body.AsSpan(0, bytes));
            Volatile.Write(ref _bodies, _bodies + 1);
            Volatile.Write(ref _bytes, _bytes + bytes);
        }
    }

    private MeshTime After(MeshTime time, int frames) =>
        time.IsKnown ? time.Add(new FrameCount(frames).ToNanoseconds(_options.Rate)) : time;
}
