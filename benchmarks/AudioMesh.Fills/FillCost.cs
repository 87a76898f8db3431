// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Concealment;

namespace AudioMesh.Fills;

/// <summary>What it costs to fill 128 frames of one channel with a model at hand, and to train that model.</summary>
internal sealed class FillCost(ConcealmentProfile profile, Times fill, Times bridge, Times training, long allocatedBytes)
{
    private const int Frames = 128;
    private const int BlocksBetween = 8;

    public static int Count => Enum.GetValues<ConcealmentProfile>().Length;

    /// <summary>What the device thread allocated.</summary>
    public long AllocatedBytes => allocatedBytes;

    /// <summary>As a row of the table.</summary>
    public string Row => $"| {profile} | 1 | {Frames} | {fill.Median:0.0} us | {fill.At(0.99):0.0} us | {fill.At(1):0.0} us | "
        + $"{bridge.Median:0.0} us | {bridge.At(0.99):0.0} us | {training.Median:0} us | {training.At(0.99):0} us |";

    public static IEnumerable<FillCost> Measure(int fills) => Enum.GetValues<ConcealmentProfile>().Select(profile => Measure(profile, fills));

    private static FillCost Measure(ConcealmentProfile profile, int fills)
    {
        using StreamConcealer concealer = new(new ConcealerOptions { Channels = 1, Rate = Sound.Rate, Profile = profile });
        Times fill = new(fills);
        Times bridge = new(fills);
        Times training = new(fills * BlocksBetween * 3);
        float[] block = new float[Frames];
        float[] behind = new float[Frames];
        Sound sound = new(1);
        long allocated = 0;
        for (int i = 0; i < fills * 2 * BlocksBetween; i++)
        {
            sound.Next(block);
            sound.Peek(behind);
            bool isLost = i % BlocksBetween == BlocksBetween - 1;
            bool seesBehind = i / BlocksBetween % 2 == 1;
            long before = GC.GetAllocatedBytesForCurrentThread();
            MeshTime begin = MeshClock.Now;
            if (isLost)
            {
                concealer.Fill(block, seesBehind ? behind : default);
                (seesBehind ? bridge : fill).Add(MeshClock.Now - begin);
            }
            else
            {
                concealer.Receive(block);
            }

            allocated += i < fills ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
            begin = MeshClock.Now;
            while (concealer.Work())
            {
                training.Add(MeshClock.Now - begin);
                begin = MeshClock.Now;
            }
        }

        return new FillCost(profile, fill, bridge, training, allocated);
    }
}
