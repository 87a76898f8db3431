// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Clock;
using AudioMesh.Network.Session;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Hub;

/// <summary>One client's sound: from its stream into the mixer, and from there into its mix's. The mixing thread's, but for what is said to be for others.</summary>
internal sealed unsafe class HubLine
{
    private const double FallDbPerSecond = 20;

    private readonly float** _sent;
    private readonly float** _mix;
    private readonly nint[] _pointers;
    private readonly int _frames;
    private readonly float _fall;
    private float _peak;

    public HubLine(HubMixer mixer, HubSeat seat, int rate, IncomingStream? incoming, OutgoingStream? outgoing, StemFile? stem)
    {
        (Seat, Incoming, Outgoing, Stem) = (seat, incoming, outgoing, stem);
        _frames = mixer.PeriodFrames;
        _fall = (float)Math.Pow(10, -FallDbPerSecond * _frames / rate / 20);
        _pointers = GC.AllocateArray<nint>(seat.SendChannels + seat.ReceiveChannels + 1, pinned: true);
        (Memory<float> sources, Memory<float> mixes) = mixer.Planes;
        Point(0, sources, seat.FirstSend, seat.SendChannels);
        Point(seat.SendChannels, mixes, seat.FirstReceive, seat.ReceiveChannels);
        _sent = (float**)Unsafe.AsPointer(ref _pointers[0]);
        _mix = _sent + seat.SendChannels;
    }

    public HubSeat Seat { get; }

    public IncomingStream? Incoming { get; }

    public OutgoingStream? Outgoing { get; }

    public StemFile? Stem { get; }

    /// <summary>What it sent was no louder than this, falling by 20 dB a second. Any thread.</summary>
    public float Peak => Volatile.Read(ref _peak);

    /// <summary>Puts a period of what the client sends into the mixer, and records it; one of so many <paramref name="lines"/>.</summary>
    [RealtimeSafe]
    public void Hear(MeshTime due, MeshTime meshTime, int lines)
    {
        if (Incoming is null)
        {
            return;
        }

        FrameFlags flags = FrameFlags.None;
        if (Incoming.Receiver is { } receiver)
        {
            receiver.StreamsInPeriod = lines;
            flags = receiver.Read(_sent, _frames, due);
        }

        float peak = _peak * _fall;
        for (int channel = 0; channel < Seat.SendChannels; channel++)
        {
            peak = Math.Max(peak, Dsp.Peak.Measure(new ReadOnlySpan<float>(_sent[channel], _frames)));
        }

        Volatile.Write(ref _peak, peak);
        Stem?.Write(_sent, _frames, meshTime, flags);
    }

    /// <summary>Sends the client a period of its mix.</summary>
    public void Say(MeshTime meshTime) => Outgoing?.Sender.Send(_mix, _frames, meshTime, FrameFlags.None);

    /// <summary>Leaves out periods that were not mixed.</summary>
    public void Skip(long frames) => Outgoing?.Sender.Skip(frames);

    // The planes are pinned as long as the mixer is there, which this keeps.
    private void Point(int at, Memory<float> planes, int first, int channels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            _pointers[at + channel] = (nint)Unsafe.AsPointer(ref planes.Span[(first + channel) * _frames]);
        }
    }
}
