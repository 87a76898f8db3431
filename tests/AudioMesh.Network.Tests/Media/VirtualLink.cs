// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Media;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Tests.Media;

/// <summary>A sender, a way and a receiver in virtual time: blocks are sent at the sender's pace, come when the way says, and are read at the receiver's.</summary>
public sealed unsafe class VirtualLink : IDisposable
{
    private readonly PriorityQueue<(AudioPacketHeader Header, long Number), long> _under = new();
    private readonly float[] _planes;
    private readonly float[] _output;
    private readonly int _sendFrames;
    private readonly int _readFrames;
    private double _sent;
    private double _next;
    private long _number;

    public VirtualLink(StreamReceiverOptions options, int sendFrames, int readFrames)
    {
        Receiver = new StreamReceiver(options);
        (_sendFrames, _readFrames) = (sendFrames, readFrames);
        _planes = new float[options.Channels * sendFrames];
        _output = new float[options.OutputChannels * readFrames];
        _next = 0.4 * readFrames / options.OutputRate * 1e9;
    }

    public StreamReceiver Receiver { get; }

    /// <summary>How much faster the sender's clock runs.</summary>
    public double SenderPpm { get; set; }

    /// <summary>The way of a packet, by its number: nanoseconds, or negative where it is lost.</summary>
    public Func<long, long> Way { get; set; } = _ => 100_000;

    /// <summary>What is sent: channel and frame to sample.</summary>
    public Func<int, long, float> Sound { get; set; } = (_, _) => 0;

    /// <summary>Takes what is read: planes, frames, what the receiver says of them, and the time of the first frame in seconds.</summary>
    public Action<float[], int, FrameFlags, double>? Heard { get; set; }

    /// <summary>Packets to put in more than once.</summary>
    public Func<long, int> Copies { get; set; } = _ => 1;

    /// <summary>Whether both sides know mesh time.</summary>
    public bool HasMeshTime { get; set; } = true;

    /// <summary>Position of the next frame to send.</summary>
    public long Frame { get; set; }

    /// <summary>Sequence of the next packet to send.</summary>
    public uint Sequence { get; set; }

    public uint StreamId { get; set; } = 1;

    /// <summary>Whether prediction is trained after each period.</summary>
    public bool Trains { get; set; }

    /// <summary>Where the stream stands at a time, as the truth has it.</summary>
    public double FrameAt(double seconds) => _lastFrame + ((seconds - (_lastSent * 1e-9)) * Receiver.Options.Rate * (1 + (SenderPpm * 1e-6)));

    private double _lastSent;
    private long _lastFrame;

    public double Now { get; private set; }

    /// <summary>Goes on for a while; the sender is silent where <paramref name="sends"/> is false.</summary>
    public void Run(double seconds, bool sends = true, bool reads = true)
    {
        double end = Now + (seconds * 1e9);
        if (HasMeshTime)
        {
            Receiver.UseTimebase(ClockMap.Identity);
        }

        while (true)
        {
            double send = sends ? _sent : double.PositiveInfinity;
            double arrive = _under.TryPeek(out _, out long at) ? at : double.PositiveInfinity;
            double next = Math.Min(Math.Min(send, arrive), reads ? _next : double.PositiveInfinity);
            if (next >= end)
            {
                break;
            }

            Now = next;
            if (next == arrive)
            {
                Arrive();
            }
            else if (next == send)
            {
                Send();
            }
            else
            {
                Read();
            }
        }

        Now = end;
        if (!sends)
        {
            _sent = Math.Max(_sent, end);
        }

        if (!reads)
        {
            _next = Math.Max(_next, end);
        }
    }

    /// <summary>The sender goes on sending only now: the positions it would have sent are left out, or not.</summary>
    public void SkipTo(double seconds) => _sent = seconds * 1e9;

    public void Dispose() => Receiver.Dispose();

    private void Send()
    {
        StreamReceiverOptions options = Receiver.Options;
        (_lastSent, _lastFrame) = (_sent, Frame);
        int lanes = (options.Channels + options.ChannelsPerLane - 1) / options.ChannelsPerLane;
        for (int lane = 0; lane < lanes; lane++)
        {
            int first = lane * options.ChannelsPerLane;
            int count = Math.Min(options.ChannelsPerLane, options.Channels - first);
            AudioPacketHeader header = new(
                StreamId, Sequence, Frame, new MeshTime((long)Math.Round(_sent)), options.Rate, options.Channels, first, count, _sendFrames, SampleEncoding.Float32, FrameFlags.None);
            long way = Way(_number);
            if (way >= 0)
            {
                _under.Enqueue((header, _number), (long)_sent + way);
            }

            _number++;
            Sequence++;
        }

        Frame += _sendFrames;
        _sent += _sendFrames * 1e9 / (options.Rate * (1 + (SenderPpm * 1e-6)));
    }

    private void Arrive()
    {
        (AudioPacketHeader header, long number) = _under.Dequeue();
        for (int channel = 0; channel < header.ChannelCount; channel++)
        {
            for (int i = 0; i < header.Frames; i++)
            {
                _planes[(channel * header.Frames) + i] = Sound(header.FirstChannel + channel, header.FirstFrame + i);
            }
        }

        for (int copy = 0; copy < Copies(number); copy++)
        {
            Receiver.Put(header, _planes.AsSpan(0, header.ChannelCount * header.Frames), new MeshTime((long)Now));
        }
    }

    private void Read()
    {
        int channels = Receiver.Options.OutputChannels;
        FrameFlags flags;
        fixed (float* first = _output)
        {
            float** planes = stackalloc float*[channels];
            for (int channel = 0; channel < channels; channel++)
            {
                planes[channel] = first + (channel * _readFrames);
            }

            flags = Receiver.Read(planes, _readFrames, new MeshTime((long)Math.Round(_next)));
        }

        Heard?.Invoke(_output, _readFrames, flags, _next * 1e-9);
        if (Trains)
        {
            while (Receiver.Work())
            {
            }
        }

        _next += _readFrames * 1e9 / Receiver.Options.OutputRate;
    }
}
