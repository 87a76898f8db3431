// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Media;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Hub;

/// <summary>Takes the way of a period once before it matters, so that the mixing thread waits for no compiler when the first client comes.</summary>
internal sealed unsafe class HubWarmUp : IStreamOutlet
{
    private const int Periods = 64;

    private readonly StreamReceiver _receiver;
    private MeshTime _now = MeshClock.Now;

    private HubWarmUp(StreamReceiver receiver) => _receiver = receiver;

    /// <summary>Takes some tens of milliseconds.</summary>
    public static void Run(HubServerOptions options)
    {
        HubMixer mixer = new(new HubOptions { MaxClients = 2, MaxSendChannels = 4, MaxReceiveChannels = 4, PeriodFrames = options.Mix.PeriodFrames });
        HubSeat seat = mixer.Join("a", 2, 2);
        mixer.Join("b", 2, 2);
        PacketPlan plan = PacketPlan.For(2, options.Mix.PeriodFrames, options.Rate, SampleEncoding.Float32, DatagramSize.Default);
        using StreamReceiver receiver = new(new StreamReceiverOptions { Channels = 2, Rate = options.Rate, ChannelsPerLane = plan.ChannelsPerLane, Predicts = options.Predicts });
        HubWarmUp outlet = new(receiver);
        StreamSenderOptions form = new() { StreamId = 1, Channels = 2, Rate = options.Rate, BlockFrames = options.Mix.PeriodFrames };
        using StreamSender sender = new(form, outlet);
        PinnedPlanes planes = new(2, options.Mix.PeriodFrames);
        long periodNs = new FrameCount(options.Mix.PeriodFrames).ToNanoseconds(options.Rate);
        for (int period = 0; period < Periods; period++)
        {
            outlet._now = outlet._now.Add(periodNs);
            sender.Send(planes.Pointers, options.Mix.PeriodFrames, outlet._now, default);
            receiver.Read(planes.Pointers, options.Mix.PeriodFrames, outlet._now);
            mixer.Send(seat, 0).Clear();
            mixer.Mix();
        }
    }

    void IStreamOutlet.Send(MessageType type, ReadOnlySpan<byte> body)
    {
        while (AudioBody.TryRead(ref body, out AudioPacketHeader header, out ReadOnlySpan<byte> payload))
        {
            _receiver.Put(header, payload, _now);
        }
    }
}
