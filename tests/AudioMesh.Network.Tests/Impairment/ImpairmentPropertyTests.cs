// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Impairment;
using AudioMesh.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Network.Tests.Impairment;

/// <summary>What holds of every link, whatever its options, and whatever is sent over it.</summary>
internal sealed class ImpairmentPropertyTests
{
    private static readonly Gen<ImpairmentOptions> Options =
        from loss in Gen.Choose(0, 49)
        from burst in Gen.Choose(10, 80)
        from delayUs in Gen.Choose(0, 200_000)
        from jitterUs in Gen.Choose(0, 20_000)
        from shape in Gen.Elements(Enum.GetValues<JitterShape>())
        from shares in Gen.Choose(0, 100).Three()
        from rate in Gen.Elements(0, 20_000, 1_000_000)
        from queue in Gen.Choose(0, 100_000)
        from outageMs in Gen.Choose(0, 1000)
        select new ImpairmentOptions
        {
            Loss = GilbertElliott.Of(loss / 100.0, burst / 10.0),
            Delay = TimeSpan.FromMicroseconds(delayUs),
            Jitter = TimeSpan.FromMicroseconds(jitterUs),
            JitterShape = shape,
            ReorderShare = shares.Item1 / 100.0,
            DuplicateShare = shares.Item2 / 100.0,
            CorruptShare = shares.Item3 / 100.0,
            BytesPerSecond = rate,
            QueueBytes = queue,
            Outages = [new(TimeSpan.FromMilliseconds(outageMs), TimeSpan.FromMilliseconds(outageMs / 3))],
        };

    [Test]
    public void Nothing_comes_before_its_delay_and_every_packet_is_counted_once() => Check((options, seed) =>
    {
        ImpairmentModel model = new(options, seed, default);
        long bytesIn = 0;
        int packets = 0;
        int delivered = 0;
        int copied = 0;
        bool holds = true;
        foreach ((MeshTime now, int bytes) in Traffic(seed))
        {
            PacketFate fate = model.Next(now, bytes);
            packets++;
            bytesIn += bytes;
            delivered += fate.IsDelivered ? 1 : 0;
            copied += fate.IsCopied ? 1 : 0;
            MeshTime earliest = now.Add(options.Delay.Ticks * 100);
            holds &= fate.IsDelivered || !fate.IsCopied;
            holds &= !fate.IsDelivered || fate.Release >= earliest;
            holds &= !fate.IsCopied || fate.CopyRelease >= earliest;
        }

        ImpairmentCounts counts = model.Counts;
        return holds && counts.Packets == packets && counts.Bytes == bytesIn && counts.Delivered == delivered && counts.Copied == copied
            && counts.Delivered + counts.Lost == packets;
    });

    [Test]
    public void The_same_seed_decides_the_same() => Check((options, seed) =>
    {
        ImpairmentModel one = new(options, seed, default);
        ImpairmentModel other = new(options, seed, default);
        return Traffic(seed).All(packet => one.Next(packet.Now, packet.Bytes) == other.Next(packet.Now, packet.Bytes));
    });

    [Test]
    public void Where_a_link_begins_does_not_matter() => Check((options, seed) =>
    {
        const long Later = 123_456_789_012_345;
        ImpairmentModel one = new(options, seed, default);
        ImpairmentModel other = new(options, seed, new MeshTime(Later));
        return Traffic(seed).All(packet =>
        {
            PacketFate early = one.Next(packet.Now, packet.Bytes);
            PacketFate late = other.Next(packet.Now.Add(Later), packet.Bytes);
            return early.Loss == late.Loss && (!early.IsDelivered || late.Release - early.Release == Later);
        });
    });

    private static IEnumerable<(MeshTime Now, int Bytes)> Traffic(ulong seed)
    {
        RepeatableRandom random = new(seed);
        MeshTime now = new(0);
        for (int i = 0; i < 1000; i++)
        {
            now = now.Add(random.Next(3_000_000));
            yield return (now, random.Next(1500));
        }
    }

    private static void Check(Func<ImpairmentOptions, ulong, bool> property) =>
        Prop.ForAll(Options.ToArbitrary(), Gen.Choose(0, 1 << 30).ToArbitrary(), (options, seed) => property(options, (ulong)seed)).QuickCheckThrowOnFailure();
}
