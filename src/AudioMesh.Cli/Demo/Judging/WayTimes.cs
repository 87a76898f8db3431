// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Demo.Live;

namespace AudioMesh.Cli.Demo.Judging;

/// <summary>How long the packets of a direction took, hop by hop: those that were heard.</summary>
internal sealed class WayTimes
{
    private readonly List<double> _collect = [];
    private readonly List<double> _send = [];
    private readonly List<double> _link = [];
    private readonly List<double> _buffer = [];
    private readonly List<double> _device = [];
    private readonly List<double> _all = [];

    /// <summary>
    /// From a sender's log to a receiver's, whose blocks have positions of the sender's log. The first packet that came to the link was the <paramref name="before"/>th.
    /// </summary>
    public WayTimes(PacketLog packets, int packetFrames, long before, SoundClock sender, SoundClock receiver, SoundLog heard)
    {
        int packet = 0;
        foreach (SoundBlock block in heard.Blocks)
        {
            if (!block.IsSteady)
            {
                continue;
            }

            for (; packet < packets.Count && (packet + before) * packetFrames < block.To; packet++)
            {
                double position = (packet + before) * packetFrames;
                if (position >= block.From && !packets.IsLost(packet) && sender.TryFind(position, out SoundBlock from))
                {
                    Add(packets, packet, sender, from, position, receiver, block);
                }
            }
        }
    }

    /// <summary>From when the sound was there until it is heard.</summary>
    public Hop All => new("in all", "from a microphone's place to a loudspeaker's", _all);

    public IReadOnlyList<Hop> Hops(string from, string to) =>
    [
        new("block", $"{from} waits until its block is full", _collect),
        new("send", $"{from}'s callback, its ring, sealing, the socket", _send),
        new("link", "delay and jitter of the network", _link),
        new("buffer", $"{to}'s jitter buffer, until a callback wants it", _buffer),
        new("device", $"{to}'s device, as it says", _device),
    ];

    private void Add(PacketLog packets, int packet, SoundClock sender, in SoundBlock from, double position, SoundClock receiver, in SoundBlock block)
    {
        double captured = sender.CapturedNs(position, from);
        double begun = sender.BeginNs(from);
        double sent = packets.Sent(packet).Nanoseconds;
        double released = packets.Released(packet).Nanoseconds;
        double played = receiver.BeginNs(block) + ((position - block.From) * receiver.NsPerFrame);

        // What came too late was not heard, though its place was.
        if (played < released)
        {
            return;
        }

        _collect.Add((begun - captured) / 1e6);
        _send.Add((sent - begun) / 1e6);
        _link.Add((released - sent) / 1e6);
        _buffer.Add((played - released) / 1e6);
        _device.Add(receiver.LatencyNs / 1e6);
        _all.Add((played + receiver.LatencyNs - captured) / 1e6);
    }
}
