// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Media;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Media;

public unsafe class StreamSenderTests
{
    [Test]
    public void What_is_sent_is_heard_bit_for_bit_in_any_shape(
        [Values(1, 2, 7, 64)] int channels, [Values(16, 64, 441, 512)] int frames, [Values(SampleEncoding.Float32, SampleEncoding.Int24)] SampleEncoding encoding)
    {
        StreamSenderOptions options = new() { StreamId = 3, Channels = channels, Rate = 48000, BlockFrames = frames, Encoding = encoding };
        using Loop loop = new(options);
        long delay = -1;
        long compared = 0;
        for (int block = 0; block < 40 * 512 / frames; block++)
        {
            loop.Step(block);
            delay = delay >= 0 ? delay : loop.DelayOf(block);
            compared += delay >= 0 ? loop.Compare(block, delay, encoding == SampleEncoding.Float32 ? 0 : 2e-7f) : 0;
        }

        Assert.That(compared, Is.GreaterThan(5000));
    }

    [Test]
    public void Repeated_packets_and_parity_make_up_for_losses([Values] bool isParity)
    {
        StreamSenderOptions options = new()
        {
            StreamId = 3, Channels = 2, Rate = 48000, BlockFrames = 64, Redundancy = isParity ? Redundancy.Parity(4) : Redundancy.Repeat(2),
        };
        using Loop loop = new(options, minDepthMs: 10) { Drops = body => body % 5 == 2 };
        for (int block = 0; block < 2000; block++)
        {
            loop.Step(block);
        }

        ReceiverStatistics statistics = loop.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(statistics.MissingFrames, Is.EqualTo(0));
            Assert.That(statistics.LostPackets, Is.Zero);
            Assert.That(loop.Sender.Statistics.Frames, Is.EqualTo(2000 * 64));
        });
    }

    [Test]
    public void Sending_allocates_nothing()
    {
        using Loop loop = new(new StreamSenderOptions { StreamId = 3, Channels = 8, Rate = 48000, BlockFrames = 64, Redundancy = Redundancy.Repeat(1) });
        long block = 0;
        AllocationGate.AssertNone(() => loop.Step(block++));
    }

    [Test]
    public void Frames_that_are_left_out_leave_the_rest_in_its_place()
    {
        using Loop loop = new(new StreamSenderOptions { StreamId = 3, Channels = 1, Rate = 48000, BlockFrames = 64 });
        for (int block = 0; block < 200; block++)
        {
            loop.Step(block);
        }

        loop.Sender.Skip(64);
        loop.Read();
        for (int block = 201; block < 400; block++)
        {
            loop.Step(block);
        }

        Assert.That(loop.Receiver.MissingFrames, Is.EqualTo(64));
    }

    /// <summary>A sender whose bodies come at once, and a receiver.</summary>
    private sealed class Loop : IStreamOutlet, IDisposable
    {
        private readonly float[] _input;
        private readonly float[] _output;
        private readonly ParityDecoder _parity = new(4, 1432);
        private readonly int _channels;
        private readonly int _frames;
        private long _now;
        private long _bodies;

        public Loop(StreamSenderOptions options, double minDepthMs = 0)
        {
            (_channels, _frames) = (options.Channels, options.BlockFrames);
            Sender = new StreamSender(options, this);
            Receiver = new StreamReceiver(new StreamReceiverOptions
            {
                Channels = options.Channels,
                Rate = options.Rate,
                ChannelsPerLane = Sender.Plan.ChannelsPerLane,
                Encoding = options.Encoding,
                PacketFrames = Sender.Plan.FramesPerPacket,
                MinDepthMs = minDepthMs,
                Predicts = false,
            });
            Receiver.UseTimebase(ClockMap.Identity);
            _input = new float[_channels * _frames];
            _output = new float[_channels * _frames];
        }

        public StreamSender Sender { get; }

        public StreamReceiver Receiver { get; }

        public Func<long, bool> Drops { get; init; } = _ => false;

        public void Send(MessageType type, ReadOnlySpan<byte> body)
        {
            if (Drops(_bodies++))
            {
                return;
            }

            if (type == MessageType.Audio)
            {
                Take(body);
            }
            else if (ParityBody.TryRead(body, out ParityBody parity, out ReadOnlySpan<byte> sum) && _parity.AddParity(parity, sum))
            {
                Take(_parity.Restored);
            }
        }

        public void Step(long block)
        {
            for (int channel = 0; channel < _channels; channel++)
            {
                for (int i = 0; i < _frames; i++)
                {
                    _input[(channel * _frames) + i] = StreamReceiverTests.Noise(channel, (block * _frames) + i);
                }
            }

            fixed (float* first = _input)
            {
                float** planes = stackalloc float*[_channels];
                Split(first, planes);
                Sender.Send(planes, _frames, new MeshTime(_now), FrameFlags.None);
            }

            Read();
        }

        public void Read()
        {
            fixed (float* first = _output)
            {
                float** planes = stackalloc float*[_channels];
                Split(first, planes);
                Receiver.Read(planes, _frames, new MeshTime(_now));
            }

            _now += new FrameCount(_frames).ToNanoseconds(48000);
        }

        private void Take(ReadOnlySpan<byte> body)
        {
            ReadOnlySpan<byte> rest = body;
            while (AudioBody.TryRead(ref rest, out AudioPacketHeader header, out ReadOnlySpan<byte> payload))
            {
                Receiver.Put(header, payload, new MeshTime(_now));
                _parity.Add(header.Sequence, body[..(body.Length - rest.Length)]);
            }
        }

        /// <summary>Frames from sending to hearing; -1 where that is not to be seen yet.</summary>
        public long DelayOf(long block)
        {
            for (long delay = 0; delay < (block * _frames) - 4000; delay++)
            {
                if (Math.Abs(StreamReceiverTests.Noise(0, (block * _frames) - delay) - _output[0]) < 2e-7f)
                {
                    return delay;
                }
            }

            return -1;
        }

        public int Compare(long block, long delay, float tolerance)
        {
            for (int channel = 0; channel < _channels; channel++)
            {
                for (int i = 0; i < _frames; i++)
                {
                    float sent = StreamReceiverTests.Noise(channel, (block * _frames) + i - delay);
                    Assert.That(_output[(channel * _frames) + i], Is.EqualTo(sent).Within(tolerance));
                }
            }

            return _frames * _channels;
        }

        public void Dispose()
        {
            Sender.Dispose();
            Receiver.Dispose();
        }

        private void Split(float* first, float** planes)
        {
            for (int channel = 0; channel < _channels; channel++)
            {
                planes[channel] = first + (channel * _frames);
            }
        }
    }
}
