// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// What passes between the network thread and the device thread of a receiver. An epoch is one beginning of a stream: the network thread asks for it, and stores frames of it once the device
/// thread has answered.
/// </summary>
[RealtimeSafe]
internal sealed class StreamHandover
{
    /// <summary>Positions end here, so that there is room for the epoch.</summary>
    public const long MostFrame = 1L << 54;

    private const int EpochShift = 56;
    private const int EpochMask = 0x7F;

    private long _requested;
    private long _read;
    private long _line;
    private long _jumpBegan = MeshTime.Unknown.Nanoseconds;

    /// <summary>From the network thread to the device thread.</summary>
    public TripleBuffer<StreamEstimate> Estimates { get; } = new(new StreamEstimate(0, 0, 0, MeshTime.Unknown, 1, 0, 0, 0, false, false));

    /// <summary>The epoch that comes after <paramref name="epoch"/>; 0 is none.</summary>
    public static int After(int epoch) => epoch == EpochMask ? 1 : epoch + 1;

    /// <summary>Asks the device to begin anew at <paramref name="frame"/>. Network thread.</summary>
    public void Request(int epoch, long frame) => Volatile.Write(ref _requested, Pack(epoch, frame));

    /// <summary>What was asked for last. Device thread.</summary>
    public int Requested(out long frame) => Unpack(Volatile.Read(ref _requested), out frame);

    /// <summary>
    /// Of <paramref name="epoch"/> everything before <paramref name="frame"/> is done with, and <paramref name="line"/> less its offset is what has been asked for so far. Device thread.
    /// </summary>
    public void Publish(int epoch, long frame, long line)
    {
        Volatile.Write(ref _line, line);
        Volatile.Write(ref _read, Pack(epoch, frame));
    }

    /// <summary>The epoch that the device is in, how far it is, and its line. Network thread.</summary>
    public int Progress(out long frame, out long line)
    {
        int epoch = Unpack(Volatile.Read(ref _read), out frame);
        line = Volatile.Read(ref _line);
        return epoch;
    }

    /// <summary>The device's clock has jumped at this host time: what was seen against it since then is seen against a line that was wrong. Device thread.</summary>
    public void TellJump(MeshTime began) => Volatile.Write(ref _jumpBegan, began.Nanoseconds);

    /// <summary>When the device's clock jumped last, host time. Network thread.</summary>
    public MeshTime JumpBegan => new(Volatile.Read(ref _jumpBegan));

    private static long Pack(int epoch, long frame) => ((long)epoch << EpochShift) | frame;

    private static int Unpack(long packed, out long frame)
    {
        frame = packed & ((1L << EpochShift) - 1);
        return (int)(packed >> EpochShift);
    }
}
