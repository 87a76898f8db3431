// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>Takes what a device thread writes into a ring and sends it, on a realtime thread of its own that looks when the next block is expected: the device thread wakes nobody.</summary>
internal sealed unsafe class SendPump : IDisposable
{
    private const int Priority = 60;
    private const int EndLimitMs = 2000;

    private readonly FrameRing _ring;
    private readonly IOfferedStream _stream;
    private readonly PinnedPlanes _planes;
    private readonly RealtimeThread _thread;
    private readonly int _blockFrames;
    private readonly long _periodNs;
    private ulong _refused;
    private long _looks;
    private volatile bool _ends;

    public SendPump(FrameRing ring, IOfferedStream stream, int blockFrames)
    {
        (_ring, _stream, _blockFrames) = (ring, stream, blockFrames);
        _periodNs = new FrameCount(blockFrames).ToNanoseconds(ring.Rate);
        _planes = new PinnedPlanes(ring.Channels, blockFrames);
        _thread = RealtimeThread.Start("am-send", Priority, _periodNs, Run);
    }

    /// <summary>How often it has looked. Any thread.</summary>
    public long Looks => Volatile.Read(ref _looks);


    public void Dispose()
    {
        _ends = true;
        _thread.Join(EndLimitMs);
    }

    private void Run()
    {
        SendSchedule schedule = new(_periodNs);
        while (!_ends)
        {
            int blocks = 0;
            while (Send())
            {
                blocks++;
            }

            Volatile.Write(ref _looks, _looks + 1);
            DeadlineTimer.WaitUntil(schedule.Next(MeshClock.Now, blocks));
        }
    }

    private bool Send()
    {
        int frames = _ring.Reader.ReadPlanar(_planes.Pointers, _planes.Channels, 0, _blockFrames, out JamAudioFrame first);
        if (frames == 0)
        {
            return false;
        }

        ulong refused = _ring.Reader.RefusedFrames;
        if (refused != _refused && (first.Flags & FrameFlags.Discontinuity) != 0)
        {
            _stream.Sender.Skip((long)(refused - _refused));
            _refused = refused;
        }

        MeshTime meshTime = first.TimestampGpu.IsKnown ? _stream.HostToMesh.ToMesh(first.TimestampGpu.Nanoseconds) : MeshTime.Unknown;
        _stream.Sender.Send(_planes.Pointers, frames, meshTime, first.Flags);
        return true;
    }
}
